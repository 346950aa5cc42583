/**
 * Figures and reports of run folders.
 *
 * <p>A {@link org.noisescape.report.Figure} says what is drawn, {@link
 * org.noisescape.report.FigureFiles} draws it as SVG and PNG, {@link
 * org.noisescape.report.RunReport} puts figures, numbers, configuration and provenance of run
 * folders into one HTML file that needs nothing else. No screen is needed.
 *
 * @since 0.1
 */
package org.noisescape.report;
