package org.noisescape.report;

import java.awt.Color;
import java.awt.Composite;
import java.awt.Graphics2D;
import java.awt.GraphicsConfiguration;
import java.awt.Image;
import java.awt.Paint;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.Stroke;
import java.awt.font.FontRenderContext;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.awt.image.BufferedImageOp;
import java.awt.image.ImageObserver;
import java.awt.image.RenderedImage;
import java.awt.image.renderable.RenderableImage;
import java.text.AttributedCharacterIterator;
import java.util.Map;

/** A canvas that hands all but texts on to another. */
abstract class ForwardingCanvas extends ForwardingGraphics {
  ForwardingCanvas(Graphics2D target) {
    super(target);
  }

  @Override
  public boolean drawImage(Image a, AffineTransform b, ImageObserver c) {
    return target.drawImage(a, b, c);
  }

  @Override
  public void drawImage(BufferedImage a, BufferedImageOp b, int c, int d) {
    target.drawImage(a, b, c, d);
  }

  @Override
  public void drawRenderedImage(RenderedImage a, AffineTransform b) {
    target.drawRenderedImage(a, b);
  }

  @Override
  public void drawRenderableImage(RenderableImage a, AffineTransform b) {
    target.drawRenderableImage(a, b);
  }

  @Override
  public void drawString(AttributedCharacterIterator a, float b, float c) {
    target.drawString(a, b, c);
  }

  @Override
  public void fill(Shape a) {
    target.fill(a);
  }

  @Override
  public boolean hit(Rectangle a, Shape b, boolean c) {
    return target.hit(a, b, c);
  }

  @Override
  public GraphicsConfiguration getDeviceConfiguration() {
    return target.getDeviceConfiguration();
  }

  @Override
  public void setComposite(Composite a) {
    target.setComposite(a);
  }

  @Override
  public void setPaint(Paint a) {
    target.setPaint(a);
  }

  @Override
  public void setStroke(Stroke a) {
    target.setStroke(a);
  }

  @Override
  public void setRenderingHint(RenderingHints.Key a, Object b) {
    target.setRenderingHint(a, b);
  }

  @Override
  public Object getRenderingHint(RenderingHints.Key a) {
    return target.getRenderingHint(a);
  }

  @Override
  public void setRenderingHints(Map<?, ?> a) {
    target.setRenderingHints(a);
  }

  @Override
  public void addRenderingHints(Map<?, ?> a) {
    target.addRenderingHints(a);
  }

  @Override
  public RenderingHints getRenderingHints() {
    return target.getRenderingHints();
  }

  @Override
  public void translate(double a, double b) {
    target.translate(a, b);
  }

  @Override
  public void rotate(double a) {
    target.rotate(a);
  }

  @Override
  public void rotate(double a, double b, double c) {
    target.rotate(a, b, c);
  }

  @Override
  public void scale(double a, double b) {
    target.scale(a, b);
  }

  @Override
  public void shear(double a, double b) {
    target.shear(a, b);
  }

  @Override
  public void transform(AffineTransform a) {
    target.transform(a);
  }

  @Override
  public void setTransform(AffineTransform a) {
    target.setTransform(a);
  }

  @Override
  public AffineTransform getTransform() {
    return target.getTransform();
  }

  @Override
  public Paint getPaint() {
    return target.getPaint();
  }

  @Override
  public Composite getComposite() {
    return target.getComposite();
  }

  @Override
  public void setBackground(Color a) {
    target.setBackground(a);
  }

  @Override
  public Color getBackground() {
    return target.getBackground();
  }

  @Override
  public Stroke getStroke() {
    return target.getStroke();
  }

  @Override
  public void clip(Shape a) {
    target.clip(a);
  }

  @Override
  public FontRenderContext getFontRenderContext() {
    return target.getFontRenderContext();
  }
}
