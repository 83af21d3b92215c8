/* 附表一: 公務機關應用入出境電子資料申請表(一般), word for word and laid out like the official form. */
#ifndef YOUJU_PAPER_FORM_F1_H
#define YOUJU_PAPER_FORM_F1_H

#include "law/application_form.h"
#include "paper/paper.h"

enum { F1_SIGNATURES_MAX = 6 };

/* A step of the application that was taken with a card instead of a stamp. */
struct f1_signature {
	struct str step;        /* 業務單位蓋章 */
	struct str name, title; /* who */
	struct str serial;      /* of the certificate */
	struct str at;          /* 115年11月24日 16:30 */
	struct str entry;       /* number in the log */
};

/* What the official form has no box for; it stands below the frame (X6). "" is left out. */
struct f1_print {
	struct str application; /* number of the application, "" for a draft */
	struct str printed_at;  /* 115年11月24日 16:35 */
	struct str digest;      /* of the round's document, base64url, as every step names it */
	struct str edition;     /* of the guideline */
	struct f1_signature signatures[F1_SIGNATURES_MAX];
	size_t signature_count;
};

/* What the form leaves blank stays blank, to be written by hand. */
struct paper form_f1_paper(struct arena *arena, const struct application_form *form,
                           const struct f1_print *print, int64_t created_ms);

#endif
