"""Types by the names that the lessons have for them, and rules for errors that name types."""

KINDS = {
    "NoneType": "None",
    "str": "text",
    "int": "a whole number",
    "float": "a float",
    "bool": "a truth value",
    "ResourceVariable": "a Variable",
    "Variable": "a Variable",
    "EagerTensor": "a tensor",
    "SymbolicTensor": "a tensor",
    "ndarray": "an array",
    "type": "a class",
    "method": "a function",
    "bound": "a function",  # as in <bound method …>
    "builtin_function_or_method": "a function",
    "generator": "a function with `yield`",
}


def kind(name):
    """Return what an object of a type is called, from the name of the type with or without its modules."""
    name = name.rpartition(".")[2]
    return KINDS.get(name) or f"{'an' if name[0] in 'aeiouAEIOU' else 'a'} {name}"


def of_kinds(words):
    """Return the words of a rule: each group that its pattern finds is a type, and stands for a pair of braces."""
    return lambda error, line, match: words.format(*map(kind, match.groups()))
