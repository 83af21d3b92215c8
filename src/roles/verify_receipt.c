#include "base/file.h"
#include "roles/verify.h"

void receipt_check(struct verify *verify)
{
	struct receipt receipt;
	struct str text, entry;

	if (!small_load(verify, verify->proof_path, DEFECT_RECEIPT, &text) ||
	    !small_load(verify, verify->entry_path, DEFECT_UNREADABLE, &entry))
		return;
	if (receipt_parse(&verify->arena, text, &receipt) != OK) {
		finding_add(&verify->findings, DEFECT_RECEIPT, 0);
		return;
	}
	if (!note_check(verify, receipt.checkpoint, &verify->head))
		return;
	struct hash leaf = merkle_leaf(entry);
	if (receipt_verify(&verify->arena, &receipt, &leaf) != OK)
		finding_add(&verify->findings, DEFECT_RECEIPT_PROOF, receipt.index);
}
