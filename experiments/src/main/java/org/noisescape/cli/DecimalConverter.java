package org.noisescape.cli;

import org.noisescape.files.Decimal;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;

/** Numbers of options, as people write them. */
final class DecimalConverter implements ITypeConverter<Double> {
  /** Uses it for all numbers of a command and of the commands below it. */
  static CommandLine registerOn(CommandLine line) {
    DecimalConverter converter = new DecimalConverter();
    return line.registerConverter(Double.class, converter)
        .registerConverter(double.class, converter);
  }

  @Override
  public Double convert(String value) {
    return Decimal.parse(value);
  }
}
