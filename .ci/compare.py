"""Compare the outputs of an executed lesson with the committed ones, as strict nbval does."""

import json

# Pictures differ in their last bits between machines; their words, beside them as text/plain, must not.
NOT_COMPARED = {"image/png", "application/vnd.jupyter.widget-view+json"}
EXEMPT = {"nbval-ignore-output", "nbval-skip"}


def read(path):
    """Return the notebook in the file as plain dictionaries."""
    return json.loads(path.read_text(encoding="utf-8"))


def code_cells(notebook):
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def words(cell):
    """Return what a code cell shows, in order, as comparable pairs; neighbouring pieces of one stream are one."""
    shown = []
    for output in cell["outputs"]:
        if output["output_type"] == "stream":
            if shown and shown[-1][0] == output["name"]:
                shown[-1][1] += "".join(output["text"])
            else:
                shown.append([output["name"], "".join(output["text"])])
        elif output["output_type"] == "error":
            shown.append(["error", f"{output['ename']}: {output['evalue']}"])
        else:
            data = output["data"]
            shown.append([output["output_type"], {kind: "".join(data[kind]) for kind in set(data) - NOT_COMPARED}])
    return shown


def differences(committed, executed):
    """Return one text for each code cell of the executed lesson that shows something else than the committed one."""
    cells = list(zip(code_cells(committed), code_cells(executed), strict=True))
    return [
        f"code cell {count}: {words(new)} instead of {words(old)}"
        for count, (old, new) in enumerate(cells, start=1)
        if words(old) != words(new) and not EXEMPT & set(old["metadata"].get("tags", ()))
    ]
