"""What an ill-meaning template tries: each must end in one line, soon and without much memory.

Run as a program it exports one document with each template in turn and prints, as JSON lines, the
name, the message, the seconds of work and the greatest memory of the process so far (MiB).
"""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

_TOWER = "".join(f"{{% set a{n} = a{n - 1} ~ a{n - 1} %}}" for n in range(1, 60))
_SET_TOWER = "".join(
    f"{{% set a{n} %}}{{{{ a{n - 1} }}}}{{{{ a{n - 1} }}}}{{% endset %}}" for n in range(1, 60)
)
_ADD_TOWER = "".join(f"{{% set a{n} = a{n - 1} + a{n - 1} %}}" for n in range(1, 60))
_TWINS = "".join(
    f"{{% set a{n} = [a{n - 1}, a{n - 1}] %}}{{% set b{n} = [b{n - 1}, b{n - 1}] %}}"
    for n in range(1, 40)
)
_LOOP, _ENDS = "{% for a in range(10000) %}" * 4, "{% endfor %}" * 4

# The ways from a template into Python that are known from the literature.
ESCAPES = {
    "class": "{{ ''.__class__ }}",
    "mro": "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "class_by_item": "{{ ''['__class__'] }}",
    "class_by_joined_name": "{{ document['__cla' ~ 'ss__'] }}",
    "class_by_added_name": "{{ document['__cla' + 'ss__'] }}",
    "class_by_attr": "{{ document|attr('__class__') }}",
    "class_by_hex": r"{{ document['\x5f\x5fclass\x5f\x5f'] }}",
    "class_by_map": "{{ [document]|map(attribute='__class__')|list }}",
    "class_by_select": "{{ [document]|selectattr('__class__')|list }}",
    "class_by_sum": "{{ [document]|sum(attribute='__class__') }}",
    "class_by_groupby": "{{ [document]|groupby('__class__') }}",
    "class_by_join": "{{ [document]|join(attribute='__class__') }}",
    "format": "{{ '{0.__class__}'.format(document) }}",
    "format_map": "{{ '{a.__class__}'.format_map({'a': document}) }}",
    "format_filter": "{{ '%s'|format(document) }}",
    "format_of_safe_text": "{{ ('{0.__class__}'|e).format(document) }}",
    "percent": "{{ '%s' % document }}",
    "cycler": "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "joiner": "{{ joiner.__init__.__globals__ }}",
    "namespace": "{{ namespace.__init__.__globals__ }}",
    "lipsum": "{{ lipsum.__globals__['os'].popen('id').read() }}",
    "dict": "{{ dict(a=1) }}",
    "function": "{{ even.__globals__ }}",
    "function_code": "{{ range.__code__ }}",
    "method": "{{ document.texts() }}",
    "method_globals": "{{ document.texts.__func__.__globals__ }}",
    "field_of_class": "{{ document.header.__dataclass_fields__ }}",
    "self": "{{ self._TemplateReference__context }}",
    "self_by_item": "{{ self['_TemplateReference__context'] }}",
    "super_context": "{% block a %}{{ super._context }}{% endblock %}",
    "macro_closure": "{% macro m() %}{% endmacro %}{{ m._environment }}",
    "macro_name": "{% macro m() %}{% endmacro %}{{ m._func.__globals__ }}",
    "module": "{% import 'base.html.j2' as b %}{{ b.__class__ }}",
    "module_stream": "{% import 'base.html.j2' as b %}{{ b._body_stream }}",
    "loop_frame": "{% for x in [1] %}{{ loop._iterator.gi_frame }}{% endfor %}",
    "loop_method": "{% for x in [1] %}{{ loop.changed.__self__ }}{% endfor %}",
    "undefined": "{{ x.__class__ }}",
    "undefined_class": "{{ x['__class__'] }}",
    "caller": "{% macro m() %}{{ caller.__class__ }}{% endmacro %}{% call m() %}{% endcall %}",
    "kwargs": "{% macro m() %}{{ kwargs.__class__ }}{% endmacro %}{{ m(a=1) }}",
    "context": "{{ request }}{{ config }}",
    "star_call": "{{ range(*[1, 2]) }}",
    "do": "{% do sheets.append(1) %}",
    "append": "{{ sheets.append(1) }}",
    "set_attribute": "{% set document.title = 1 %}",
    "debug": "{% debug %}",
    "autoescape": "{% autoescape false %}{{ document.meta.title }}{% endautoescape %}",
    "safe": "{{ document.meta.title|safe }}",
    "filter_block": "{% filter upper %}x{% endfilter %}",
    "whole": "{{ document }}",
    "list": "{{ sheets }}",
    "none": "{{ document.copy }}",
    "include_absolute": "{% include '/etc/hostname' %}",
    "include_up": "{% include '../the-thuc/nd30.toml' %}",
    "include_list": "{% include ['a.j2', '/etc/hostname'] %}",
    "include_computed": "{% include '/etc/' ~ 'hostname' %}",
    "include_missing": "{% include 'khong-co.j2' %}",
    "import_os": "{% import 'os' as os %}",
    "extends_url": "{% extends 'http://example.org/a.j2' %}",
}

# Ways to use up time or memory.
BURDENS = {
    "loops_without_output": _LOOP + "" + _ENDS,
    "loops_with_output": _LOOP + "x" + _ENDS,
    "loops_of_condition": "{% for a in range(10000) %}{% for b in range(10000) if false %}"
    "{% for c in range(10000) if false %}{% endfor %}{% endfor %}{% endfor %}",
    "loops_of_assignment": _LOOP + "{% set x = 1 %}" + _ENDS,
    "wide_range": "{% for a in range(10 ** 9) %}{% endfor %}",
    "wide_range_plain": "{% for a in range(1000000000) %}{% endfor %}",
    "range_of_ranges": "{{ [range(10000)]|join }}",
    "recursion": "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "double_recursion": "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}"
    "{% endmacro %}{{ m(60) }}",
    "silent_recursion": "{% macro m(n) %}{% if n %}{% set a = m(n - 1) %}{% set b = m(n - 1) %}"
    "{% endif %}{% endmacro %}{% set c = m(60) %}",
    "recursive_loop": "{% for a in [1] recursive %}{{ loop([1]) }}{% endfor %}",
    "self_block": "{% block a %}{{ self.a() }}{% endblock %}",
    "times": "{{ 'x' * 9999999999 }}",
    "list_times": "{{ ([1] * 9999999999)|length }}",
    "power": "{{ 9 ** 9 ** 9 }}",
    "big_product": "{% set a = 999999999999 %}{{ a * a * a * a }}",
    "divided": "{{ 1 / 0 }}",
    "shifted": "{{ 1 // 0 }}",
    "centred": "{{ 'x'|center(999999999) }}",
    "indented": "{{ 'x'|indent(999999999) }}",
    "padded": "{{ 'x'.rjust(999999999) }}",
    "zfill": "{{ 'x'.zfill(999999999) }}",
    "expandtabs": r"{{ '\t'.expandtabs(999999999) }}",
    "percent_width": "{{ '%999999999d' % 1 }}",
    "format_width": "{{ '{:>999999999}'.format(1) }}",
    "batch": "{{ [1]|batch(999999999, 'x')|list }}",
    "sliced": "{{ [1]|slice(999999999)|list }}",
    "rounded": "{{ 1.5|round(999999999, 'ceil') }}",
    "urlize": "{{ ('a.' + 'b.')|urlize }}",
    "wordwrap": "{{ 'x x'|wordwrap(1) }}",
    "tojson": "{{ [1]|tojson(indent=999999999) }}",
    "int": "{{ '9'|int(base=36) }}",
    "tower_of_joins": "{% set a0 = 'xxxxxxxx' %}" + _TOWER + "{{ a59 }}",
    "tower_of_blocks": "{% set a0 = 'xxxxxxxx' %}" + _SET_TOWER + "{{ a59 }}",
    "tower_of_sums": "{% set a0 = [1, 2] %}" + _ADD_TOWER,
    "tower_of_text_sums": "{% set a0 = 'xxxxxxxx' %}" + _ADD_TOWER,
    "twin_towers": "{% set a0 = [1] %}{% set b0 = [1] %}" + _TWINS + "{{ a39 == b39 }}",
    "twin_towers_in": "{% set a0 = [1] %}{% set b0 = [1] %}" + _TWINS + "{{ a39 in [b39] }}",
    "tower_printed": "{% set a0 = [1] %}{% set b0 = [1] %}" + _TWINS + "{{ a39|join }}",
    "tower_of_macros": "{% macro m(x) %}{{ x }}{{ x }}{% endmacro %}{% set a0 = 'xxxxxxxx' %}"
    + "".join(f"{{% set a{n} = m(a{n - 1}) %}}" for n in range(1, 60)),
    "replaced": "{{ ('x' ~ 'x')|replace('', 'y' ~ ('z'|replace('', 'a')))|replace('', 'b') }}"
    "{% set a0 = 'xxxxxxxx' %}"
    + "".join(f"{{% set a{n} = a{n - 1}|replace('x', 'xx') %}}" for n in range(1, 60)),
    "joined": "{% set a0 = ['xxxxxxxx'] %}"
    + "".join(f"{{% set a{n} = [a{n - 1}|join('y'), a{n - 1}|join('y')] %}}" for n in range(1, 60)),
    "static_text": "{% macro m() %}" + "x" * 500_000 + "{% endmacro %}"
    "{% for a in range(10000) %}{% set b = m() %}{% endfor %}",
    "static_text_in_loop": "{% set b %}{% for a in range(10000) %}"
    + "x" * 500_000
    + "{% endfor %}{% endset %}",
    "long_heading": "{% set a0 = 'chữ một, ' %}"
    + "".join(f"{{% set a{n} = a{n - 1} ~ a{n - 1} %}}" for n in range(1, 17))
    + "{% for a in range(10000) %}{% set x = even(a6, 'ten_loai', false) %}"
    "{% set x = even(a12, 'ten_loai', false) %}{% endfor %}",
    "deep_brackets": "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}",
    "deep_lists": "{{ " + "[" * 5000 + "1" + "]" * 5000 + " }}",
    "deep_loops": "{% for a in [1] %}" * 500 + "{% endfor %}" * 500,
    "deep_conditions": "{% if 1 %}" * 500 + "{% endif %}" * 500,
    "deep_negation": "{{ " + "not " * 5000 + "1 }}",
    "deep_attributes": "{{ document" + ".a" * 5000 + " }}",
    "many_tags": "{{ 1 }}" * 50_000,
    "too_long": "x" * 3_000_000,
    "too_long_and_varied": " ".join(map(str, range(400_000))),
    "long_number": "{{ " + "9" * 5000 + " }}",
    "long_float": "{{ 1e999 + 1 }}",
    "many_boxes": "{% for a in range(100) %}{% for b in range(1000) %}<p>x{% endfor %}{% endfor %}",
    "deep_and": "{{ " + " and ".join(["1"] * 3000) + " }}",
    "deep_condition_values": "{{ " + "1 if 1 else (" * 300 + "1" + ")" * 300 + " }}",
    "unended": "{% for a in",
    "unended_comment": "{#" + " " * 100_000,
    "includes_itself": "{% include 'mau.html.j2' %}",
    "extends_itself": "{% extends 'mau.html.j2' %}",
    "imports_itself": "{% import 'mau.html.j2' as m %}",
}


def peak_mib() -> float:
    """Return the most memory this process has held; ``ru_maxrss`` would count its parent's too."""
    status = Path("/proc/self/status")
    if status.is_file():
        (held,) = (line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(held.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(folder: Path) -> None:
    """Fill a page and a Word template with each payload and print what became of it."""
    from building import built

    from vanban.errors import TemplateError
    from vanban.kinds import Kind
    from vanban.render.docx import render_docx
    from vanban.render.html import render_html
    from vanban.render.template_check import trials
    from vanban.resources import data_root

    kind = Kind("bao-cao-so-ket", data_root())
    document = trials(kind, "dang-hd36")[-1]
    render_html(document, kind)
    render_docx(document, kind)
    page, word = folder / "mau.html.j2", folder / "mau.docx"
    for name, source in (ESCAPES | BURDENS).items():
        page.write_text(source, encoding="utf-8")
        word.write_bytes(built({"append": [source]}))
        for format, render, path in (("html", render_html, page), ("docx", render_docx, word)):
            begun = time.process_time()
            try:
                render(document, kind, path)
                message = ""
            except TemplateError as error:
                message = str(error)
            outcome = {
                "name": f"{format}-{name}",
                "message": message,
                "seconds": time.process_time() - begun,
                "mib": peak_mib(),
            }
            print(json.dumps(outcome))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
