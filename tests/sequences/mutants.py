#!/usr/bin/env python3
"""Breaks one thing at a time between a command and its entries, and expects that the sequences notice.

tests/mutation.py takes single rules out of the law and shows that a test of the law notices. Here the
breaks are also in what the law is told (SQL, facts) and in what a verdict writes (events, sessions),
which no test of the law alone can see. It builds for minutes, so it is run by hand and not by
script/test.

usage: mutants.py SOURCE_ROOT [--only WORD|WORD] [--count SEQUENCES]
"""
import argparse
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

SQL = "src/store/sql/tables/"

# name, file, what stands there, what is put instead
MUTANTS = [
    ("a suspension ends no session", "src/law/account_ending.c",
     "event->remark = document_of(ask->remark);\n\tsessions_end(&facts->account.sessions, OUT_BLOCKED, out);",
     "event->remark = document_of(ask->remark);"),
    ("a lost card ends no session", "src/law/account_ending.c",
     "event->told = document_of(ask->told);\n\t}\n\tsessions_end(&facts->account.sessions, OUT_BLOCKED, out);",
     "event->told = document_of(ask->told);\n\t}"),
    ("a termination ends no session", "src/law/account_ending.c",
     "event->ended_on = facts->today;\n\t}\n\tsessions_end(&facts->account.sessions, OUT_BLOCKED, out);",
     "event->ended_on = facts->today;\n\t}"),
    ("a duty change ends no session", "src/law/account_ending.c",
     "if (ask->effective.day <= facts->today.day)\n\t\tsessions_end(&facts->account.sessions, OUT_BLOCKED, out);", ""),
    ("a card from a list ends no session", "src/law/account_import.c", "\tstaff_sign_out(walk, row);\n", ""),
    ("a card that is confirmed ends no session", "src/law/account_card.c",
     "event->remark = document_of(ask->remark);\n\tsessions_end(&facts->account.sessions, OUT_BLOCKED, out); /* those that another card opened end with it */",
     "event->remark = document_of(ask->remark);"),
    ("an ended session stays in the keeper's memory", "src/keeper/corridor.c",
     "sessions_remove(&keeper->sessions, event->signed_out.ended_session);", ""),
    ("a coming block does not end sessions on its day", "src/keeper/ending.c",
     "TRY(sessions_blocked_end(keeper, today, &more));", ""),
    ("only the newest session is found", SQL + "facts_endings.sql",
     "SELECT entry FROM session WHERE person = :person AND ended_entry IS NULL ORDER BY entry LIMIT 256",
     "SELECT entry FROM session WHERE person = :person AND ended_entry IS NULL ORDER BY entry DESC LIMIT 1"),
    ("duties count although the account is blocked", SQL + "facts.sql",
     "AND b.lifted_entry IS NULL AND b.terminated_entry IS NULL)\n ORDER BY entry LIMIT 64\n\n-- fact_duties_standing",
     "AND b.lifted_entry IS NULL AND b.terminated_entry IS NULL AND 0)\n ORDER BY entry LIMIT 64\n\n-- fact_duties_standing"),
    ("duties count after they ended", SQL + "facts.sql",
     "AND (ended_on IS NULL OR ended_on > :today)\n   AND NOT EXISTS", "AND NOT EXISTS"),
    ("duties count after their term", SQL + "facts.sql",
     "AND valid_from <= :today AND (valid_to IS NULL OR valid_to >= :today)\n   AND (ended_on IS NULL OR ended_on > :today)\n   AND NOT EXISTS",
     "AND valid_from <= :today\n   AND (ended_on IS NULL OR ended_on > :today)\n   AND NOT EXISTS"),
    ("a grant counts after its end", SQL + "facts.sql",
     "AND valid_from <= :today AND valid_to >= :today AND (ended_on IS NULL OR ended_on > :today)\n ORDER BY entry LIMIT 1\n\n-- fact_grant_same",
     "AND valid_from <= :today\n ORDER BY entry LIMIT 1\n\n-- fact_grant_same"),
    ("a lost card stays good", SQL + "project_endings.sql",
     "WHERE person = :person AND card_end IS NULL\n\n-- project_account_suspended",
     "WHERE person = :person AND card_end IS NULL AND 0\n\n-- project_account_suspended"),
    ("one block given back lifts all", SQL + "project_endings.sql",
     "UPDATE account_block SET lifted_entry = :entry WHERE entry = :block",
     "UPDATE account_block SET lifted_entry = :entry WHERE person = :person"),
    ("who proposed gives back", "src/law/decide_reinstate.c",
     "if (is_me(facts, proposal->proposer))       return refused(REFUSED_OWN_ACT);", ""),
    ("who is concerned gives back", "src/law/decide_reinstate.c",
     "if (is_me(facts, block->person))            return refused(REFUSED_OWN_ACT);", ""),
    ("who blocked gives back", "src/law/decide_reinstate.c",
     "if (is_me(facts, facts->block.recorder))    return refused(REFUSED_SUSPENDER_APPROVES);", ""),
    ("nobody of the bureau gives back", "src/law/decide_reinstate.c",
     "if (!proposal->bureau && !holds_bureau_duty(facts))\n\t\treturn refused(REFUSED_BUREAU_NEEDED);", ""),
    ("one person takes two steps", "src/law/application.c",
     "if (took_another(facts, application, step)) return REFUSED_SECOND_STEP;", ""),
    ("steps taken are forgotten", SQL + "facts_applications.sql", "FROM application_step WHERE application = :application",
     "FROM application_step WHERE application = :application AND 0"),
    ("a step is skipped", "src/law/application.c",
     "if (application_next(application->state, application->chain) != step)\n\t\treturn REFUSED_APPLICATION_NOT_AT_STEP;", ""),
    ("the head may be anybody's", "src/law/application.c",
     "return holds_duty_in(facts, DUTY_BIT(route->duty), application->office);", "return holds_duty(facts, DUTY_BIT(route->duty));"),
    ("a proposer approves", "src/law/decide_rule.c",
     "if (is_me(facts, proposal->proposer))       return refused(REFUSED_OWN_ACT);", ""),
    ("an asker accepts his own question", "src/law/decide_query.c",
     "if (is_me(facts, query->asker))             return refused(REFUSED_OWN_ACT);", ""),
    ("a question is accepted by who was asked about", "src/law/decide_query.c",
     "if (is_me(facts, query->subject))           return refused(REFUSED_OWN_ACT);", ""),
    ("a question is accepted twice", "src/law/decide_query.c",
     "if (!query->to_accept || query->accepted)   return refused(REFUSED_NOTHING_TO_ACCEPT);", ""),
    ("no code is needed", "src/law/decide_query.c", "if (needs_authorization(facts, ask))\n\t\treturn refused(REFUSED_SECOND_PERSON_NEEDED);", ""),
    ("a code counts for another window", "src/law/decide_authorization.c",
     "if (!same_window(given, ask))               return refused(REFUSED_AUTHORIZATION_OTHER_WINDOW);", ""),
    ("a code counts for another person", "src/law/decide_authorization.c",
     "if (given->subject.n != facts->subject.person.n)\n\t\treturn refused(REFUSED_AUTHORIZATION_OTHER_SUBJECT);", ""),
    ("a code counts for another officer", "src/law/decide_authorization.c",
     "if (!is_me(facts, given->asker))            return refused(REFUSED_AUTHORIZATION_OF_OTHER);", ""),
    ("a code counts after its time", "src/law/decide_authorization.c",
     "if (facts->now_ms > given->valid_until_ms)  return refused(REFUSED_AUTHORIZATION_EXPIRED);", ""),
    ("a code counts for ever", SQL + "project_queries.sql", "SET used = used + 1", "SET used = used"),
    ("a code is granted to oneself", "src/law/decide_authorization.c",
     "if (is_me(facts, request->asker))           return refused(REFUSED_OWN_ACT);", ""),
    ("a code outlives its people", "src/law/decide_authorization.c",
     "if (!given->stands)                         return refused(REFUSED_AUTHORIZATION_WITHDRAWN);", ""),
    ("an answer reaches a session that ended", "src/law/decide_query.c",
     "if (!facts->session.live)                   return refused(REFUSED_SESSION_ENDED);\n\tif (facts->me_locked)", "if (facts->me_locked)"),
    ("operators may be custodians", "src/law/separation.c", "\t{ DUTY_OPERATOR, DUTY_CUSTODIAN, false, false },\n", ""),
    ("both authorities review", "src/law/separation.c", "\t{ DUTY_NIA_REVIEWER, DUTY_REVIEWER, true, false },", "\t{ DUTY_NIA_REVIEWER, DUTY_REVIEWER, false, false },"),
    ("a duty is given to oneself", "src/law/decide_duty.c",
     "if (is_me(facts, ask->person))              return refused(REFUSED_OWN_ACT);\n\tif (!date_is_none(ask->valid_to)", "if (!date_is_none(ask->valid_to)"),
    ("a case is confirmed by who entered it", "src/law/decide_case.c",
     "if (facts->case_.entered_by_me)             return refused(REFUSED_OWN_ACT);", ""),
    ("a card is confirmed for oneself", "src/law/decide_card.c",
     "if (is_me(facts, ask->person))              return refused(REFUSED_OWN_ACT);", ""),
    ("no agency certificate is needed", "src/law/decide_ending.c",
     "if (!facts->second_card.presented)          return refused(REFUSED_AGENCY_CARD_NEEDED);\n\tif (facts->second_card.fault)               return refused(facts->second_card.fault);\n\tif (!facts->agency_registered)              return refused(REFUSED_AGENCY_OF_OTHER_OFFICE);", ""),
    ("a lock is not looked at", "src/law/decide_session.c", "if (facts->me_locked)                       return refused(REFUSED_SIGN_IN_LOCKED);", ""),
    ("an answer reaches whoever lost the duty", "src/law/decide_query.c",
     "if (!holds_duty_in(facts, DUTY_BIT(DUTY_OFFICER), query->office))\n\t\treturn refused(REFUSED_DUTY_NOT_ENTITLED);", ""),
    ("a session is served after its end", "src/law/decide_who.c", "if (!facts->session.live)                   return refused(REFUSED_SESSION_ENDED);", ""),
]


def run(*command, **options):
    return subprocess.run(command, capture_output=True, text=True, **options)


def verdict_of(build, count):
    made = run("ninja", "-C", str(build), "tests/sequences/sequences")
    if made.returncode:
        return "does not build: " + made.stdout[-800:]
    done = run(str(build / "tests/sequences/sequences"), str(count), "1", "--brief", timeout=1200)
    found = re.search(r"^# (seed \d+: .*|stopped .*)$", done.stdout, re.M)
    return found.group(1) if found else "" if done.returncode == 0 else "stopped"


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("root", type=pathlib.Path)
    arguments.add_argument("--only", default="")
    arguments.add_argument("--count", type=int, default=60)
    given = arguments.parse_args()
    wanted = [mutant for mutant in MUTANTS if any(word in mutant[0] for word in given.only.split('|'))]
    with tempfile.TemporaryDirectory() as folder:
        root, build = pathlib.Path(folder) / "source", pathlib.Path(folder) / "build"
        shutil.copytree(given.root, root, ignore=shutil.ignore_patterns("build*", ".git"))
        subprocess.run(["meson", "setup", "-Dc_args=-w", str(build), str(root)], check=True, stdout=subprocess.DEVNULL)
        print(f"1..{len(wanted) + 1}")
        broken = verdict_of(build, min(given.count, 20))
        print(f"{'not ok' if broken else 'ok'} 1 - nothing is found while nothing is broken {broken}", flush=True)
        missed = bool(broken)
        for number, (name, path, old, new) in enumerate(wanted, 2):
            text = (root / path).read_text()
            assert old in text, (name, path)
            (root / path).write_text(text.replace(old, new, 1))
            found = verdict_of(build, given.count)
            (root / path).write_text(text)
            noticed = bool(found) and not found.startswith("does not build")
            missed |= not noticed
            print(f"{'ok' if noticed else 'not ok'} {number} - {name}\n#   {found}", flush=True)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
