package org.noisescape.report;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.Rectangle;
import java.awt.Shape;
import java.awt.image.ImageObserver;
import java.text.AttributedCharacterIterator;

/** The older half of a canvas that hands all on to another: what {@link java.awt.Graphics} has. */
abstract class ForwardingGraphics extends Graphics2D {
  /** The canvas that draws. */
  final Graphics2D target;

  ForwardingGraphics(Graphics2D target) {
    this.target = target;
  }

  @Override
  public void translate(int a, int b) {
    target.translate(a, b);
  }

  @Override
  public Color getColor() {
    return target.getColor();
  }

  @Override
  public void setColor(Color a) {
    target.setColor(a);
  }

  @Override
  public void setPaintMode() {
    target.setPaintMode();
  }

  @Override
  public void setXORMode(Color a) {
    target.setXORMode(a);
  }

  @Override
  public Font getFont() {
    return target.getFont();
  }

  @Override
  public void setFont(Font a) {
    target.setFont(a);
  }

  @Override
  public Rectangle getClipBounds() {
    return target.getClipBounds();
  }

  @Override
  public void clipRect(int a, int b, int c, int d) {
    target.clipRect(a, b, c, d);
  }

  @Override
  public void setClip(int a, int b, int c, int d) {
    target.setClip(a, b, c, d);
  }

  @Override
  public Shape getClip() {
    return target.getClip();
  }

  @Override
  public void setClip(Shape a) {
    target.setClip(a);
  }

  @Override
  public void copyArea(int a, int b, int c, int d, int e, int f) {
    target.copyArea(a, b, c, d, e, f);
  }

  @Override
  public void drawLine(int a, int b, int c, int d) {
    target.drawLine(a, b, c, d);
  }

  @Override
  public void fillRect(int a, int b, int c, int d) {
    target.fillRect(a, b, c, d);
  }

  @Override
  public void clearRect(int a, int b, int c, int d) {
    target.clearRect(a, b, c, d);
  }

  @Override
  public void drawRoundRect(int a, int b, int c, int d, int e, int f) {
    target.drawRoundRect(a, b, c, d, e, f);
  }

  @Override
  public void fillRoundRect(int a, int b, int c, int d, int e, int f) {
    target.fillRoundRect(a, b, c, d, e, f);
  }

  @Override
  public void drawOval(int a, int b, int c, int d) {
    target.drawOval(a, b, c, d);
  }

  @Override
  public void fillOval(int a, int b, int c, int d) {
    target.fillOval(a, b, c, d);
  }

  @Override
  public void drawArc(int a, int b, int c, int d, int e, int f) {
    target.drawArc(a, b, c, d, e, f);
  }

  @Override
  public void fillArc(int a, int b, int c, int d, int e, int f) {
    target.fillArc(a, b, c, d, e, f);
  }

  @Override
  public void drawPolyline(int[] a, int[] b, int c) {
    target.drawPolyline(a, b, c);
  }

  @Override
  public void drawPolygon(int[] a, int[] b, int c) {
    target.drawPolygon(a, b, c);
  }

  @Override
  public void fillPolygon(int[] a, int[] b, int c) {
    target.fillPolygon(a, b, c);
  }

  @Override
  public void drawString(AttributedCharacterIterator a, int b, int c) {
    target.drawString(a, b, c);
  }

  @Override
  public boolean drawImage(Image a, int b, int c, ImageObserver d) {
    return target.drawImage(a, b, c, d);
  }

  @Override
  public boolean drawImage(Image a, int b, int c, int d, int e, ImageObserver f) {
    return target.drawImage(a, b, c, d, e, f);
  }

  @Override
  public boolean drawImage(Image a, int b, int c, Color d, ImageObserver e) {
    return target.drawImage(a, b, c, d, e);
  }

  @Override
  public boolean drawImage(Image a, int b, int c, int d, int e, Color f, ImageObserver g) {
    return target.drawImage(a, b, c, d, e, f, g);
  }

  @Override
  public boolean drawImage(
      Image a, int b, int c, int d, int e, int f, int g, int h, int i, ImageObserver j) {
    return target.drawImage(a, b, c, d, e, f, g, h, i, j);
  }

  @Override
  public boolean drawImage(
      Image a, int b, int c, int d, int e, int f, int g, int h, int i, Color j, ImageObserver k) {
    return target.drawImage(a, b, c, d, e, f, g, h, i, j, k);
  }

  @Override
  public void dispose() {
    target.dispose();
  }

  @Override
  public void draw(Shape a) {
    target.draw(a);
  }
}
