/** Files of ONNX on the command line, which finds their module by ServiceLoader. */
package example.onnx;
