/**
 * What a user adds and names on the command line, outside this project's packages: a class each and
 * a line in {@code META-INF/services}. Layers, the loss and the update rule are those of {@link
 * example}.
 */
package example.named;
