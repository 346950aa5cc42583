/** The programs of the guide for library users, run as their readers run them. */
package example.library;
