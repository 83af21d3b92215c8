/* youju residence [--full] [FILE]: the residence test alone. */
#ifndef YOUJU_DOORS_CLI_RESIDENCE_VERB_H
#define YOUJU_DOORS_CLI_RESIDENCE_VERB_H

/* argv[0] is the verb. Reads FILE, or standard input without one or for "-"; answers each line on
 * standard output (doors/cli/residence_line.h). 0 when every line was answered, be it by an error
 * object; 1 when the file cannot be read or the output not be written; 2 for wrong usage. */
int verb_residence(int argc, char **argv);

#endif
