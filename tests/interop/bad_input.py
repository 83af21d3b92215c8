"""What every door is given that it must not swallow: tables of values, and what to expect of a field of each kind."""

# Members of a body that are no fields of the command.
HEAD = {'request', 'step_text', 'step_signature', 'step_signature2'}

# Dates that are none, or that could be two things (DOMAIN 5).
WRONG_DATES = ('1130230', '240101', '2024-02-30', '2024-13-01', '20240230', '113/2/30', '2024011', '0000-00-00', '99991231',
               '2024-1', 'yesterday', '１１３０２３０', '2024-02-29T00:00:00Z', '-20240101', '20240101 20240102', '民國113年')
GOOD_DATES = ('1130229', '113/2/29', '113年2月29日', '20240229', '2024-02-29', '2024/2/29', '１１３０２３０', '1130229')

# Numbers that are none, with what the explanation must say (law/idno.c).
WRONG_NUMBERS = (('A123456780', 'check digit'), ('FA12345688', 'check digit'), ('A323456789', 'second character'),
                 ('AE12345678', 'second character'), ('A12345678', 'ten characters'), ('A1234567890', 'ten characters'),
                 ('112345678９', 'begins with a letter'), ('A1234S6789', 'digits only'), ('A12345678!', 'letters and digits'),
                 ('A１２３４５６７８０', 'check digit'), ('112233445566', '居留證號'), ('1122-3344-5566', '居留證號'))

# Request numbers that are none: less or more than 128 bits, or spelled otherwise.
WRONG_REQUESTS = ('abc', '1', 'A' * 21, 'A' * 23, 'A' * 21 + 'B', 'A' * 21 + '=', 'A' * 24, 'g' * 32, 'a' * 31, 'a' * 33,
                  '00112233-4455-6677-8899-aabbccddeef', '0011-22334455-6677-8899-aabbccddeeff', '{' + 'a' * 32 + '}', 'x' * 3000)


def plausible(name, schema, day):
    """A value that the field's kind accepts; whether the law does is another matter."""
    if 'enum' in schema:
        return schema['enum'][0]
    kinds = schema['type'] if isinstance(schema['type'], list) else [schema['type']]
    if 'integer' in kinds:
        return 1
    if 'boolean' in kinds:
        return True
    if 'pattern' in schema:
        return '0123456789abcdef'
    if is_date(schema):
        return day
    return {'id_no': 'A123456789', 'items': 'item_1'}.get(name, '1')


def is_date(schema):
    return 'ROC' in schema.get('description', '')


def wrong_values(schema):
    """(what, value) that no field of this kind takes."""
    rows = [('an object', {'a': 1})]
    kinds = schema['type'] if isinstance(schema['type'], list) else [schema['type']]
    rows.append(('a list of lists', [['x']]) if 'array' in kinds else ('a list', ['x', 'y']))
    if 'enum' in schema:
        rows += [('no word of the list', 'curiosity'), ('a long word', 'x' * 33)]
    elif is_date(schema):
        rows += [(repr(text), text) for text in WRONG_DATES if text not in GOOD_DATES]
    elif 'integer' in kinds:
        rows += [(repr(value), value) for value in ('abc', '1 2', '0x10', '٣', '1e3', '-', '9' * 19, '9' * 21)]
    elif 'boolean' in kinds:
        rows += [('no yes or no', 'perhaps'), ('a number', 7)]
    elif 'pattern' in schema:
        rows += [('too short', 'abc'), ('no digits', 'g' * 16), ('a large number', '1' * 17)]
    elif schema.get('maxLength', 0) and schema['maxLength'] <= 200000:
        rows += [('one byte too many', 'x' * (schema['maxLength'] + 1)),
                 ('one character too many', '一' * (schema['maxLength'] // 3 + 1))]
    return rows
