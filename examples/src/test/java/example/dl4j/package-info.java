/** Networks of Deeplearning4j, through the command line and in a program of DL4J's. */
package example.dl4j;
