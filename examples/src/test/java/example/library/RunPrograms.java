package example.library;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;

/** Runs programs one after another in one virtual machine, with a line before each. */
public final class RunPrograms {
  static final String MARK = "== ";

  private RunPrograms() {}

  /**
   * Runs the main methods, static or not, of classes by name.
   *
   * @param names of compact source files' classes
   */
  public static void main(String... names) throws ReflectiveOperationException {
    for (String name : names) {
      System.out.println(MARK + name);
      Class<?> program = Class.forName(name);
      Constructor<?> constructor = program.getDeclaredConstructor();
      constructor.setAccessible(true);
      Method main = program.getDeclaredMethod("main");
      main.setAccessible(true);
      main.invoke(constructor.newInstance());
    }
  }
}
