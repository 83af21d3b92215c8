/* Static files built into the program by tools/embed_assets.py. */
#ifndef YOUJU_DOORS_WEB_ASSETS_H
#define YOUJU_DOORS_WEB_ASSETS_H

#include "base/str.h"

struct asset {
	const char *name, *path, *type; /* "youju.css", "/assets/youju.0123456789ab.css", "text/css" */
	const char *integrity; /* "sha384-…": what a page says that it must be */
	struct str bytes;
};

extern const struct asset assets[];
extern const size_t assets_count;

const struct asset *asset_named(const char *name); /* a name of ours: never NULL */
const struct asset *asset_at(struct str path);     /* NULL when there is none */

#endif
