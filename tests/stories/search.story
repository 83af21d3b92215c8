# Searching by person, office, card, item and state (G3.2, G3.1): the same filters over every door.

story: G3.2 accounts are found by item, office, state, card and name
  when  wang reads the list accounts, in_office sanmin
  then  the list shows 林美
  and   the list does not show 林左
  given wang reads the list cards, person 林美
  and   the card_serial of the row with 林美 is called SERIAL
  when  wang reads the list accounts, card SERIAL
  then  the list has 1 rows
  and   the list shows 林美
  when  wang reads the list accounts, card SERIAL, in_office zuoying
  then  the list has 0 rows
  when  wang reads the list accounts, item item_1, in_office sanmin, account_state open
  then  the list shows 林美
  when  wang reads the list accounts, account_state terminated
  then  the list has 0 rows
  when  wang reads the list grants, person 林美, item item_1, grant_state in_force
  then  the list shows 林美
  when  wang reads the list grants, person 林美, grant_state ended
  then  the list has 0 rows
  when  wang reads the list people, duty custodian, in_office sanmin
  then  the list shows 郭專
  and   the list does not show 林美

story: G3.2 an office searches among its own only
  when  su reads the list accounts, in_office sanmin
  then  the list has 0 rows
  when  su reads the list people, person 林美
  then  the list has 0 rows

story: G3.1 a state that the list does not know is no search
  when  wang reads the list accounts, account_state gone
  then  invalid
  when  wang reads the list application, application "one"
  then  invalid
  when  wang reads the list accounts, nothing item_1
  then  invalid

story: G3.1 (F1.items) applications are found by state and item
  when  hu reads the list office_applications, application_state granted, item item_7
  then  the list has 0 rows
