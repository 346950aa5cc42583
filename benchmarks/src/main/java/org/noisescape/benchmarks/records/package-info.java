/** What benchmarks found, as JSON, and the tables that are made of it. */
package org.noisescape.benchmarks.records;
