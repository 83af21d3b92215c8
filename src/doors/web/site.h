/* The pages and the interface for programs, as route tables, and how both say no. */
#ifndef YOUJU_DOORS_WEB_SITE_H
#define YOUJU_DOORS_WEB_SITE_H

#include "doors/http/exchange.h"

extern const struct routes web_routes;

/* A page for people; JSON below /api/. */
void site_refuse(struct exchange *exchange, unsigned status);

#endif
