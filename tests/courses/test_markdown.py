from courses.markdown import has_moving_figures, headings, render


def test_formulas_are_set_where_they_stand():
    html = render("The loss $a<b$ is\n\n$$\n\\frac{1}{N} \\sum_i x_i\n$$\n")
    assert '<span class="math inline"><span class="katex">' in html
    assert '<div class="math display" tabindex="0"><span class="katex-display">' in html
    assert "a&lt;b</annotation>" in html


def test_an_amount_of_money_is_no_formula():
    assert "math" not in render("It costs $5 and then $6 more.")


def test_raw_html_is_shown_and_not_obeyed():
    html = render('<script>alert(1)</script>\n\n<img src=x onerror="alert(1)">')
    assert "<script" not in html
    assert "<img" not in html


def test_a_link_cannot_run_a_script():
    assert "javascript:" not in render("[x](javascript:alert(1))").replace("[x](javascript:alert(1))", "")


def test_code_is_coloured_by_classes_alone():
    html = render("```python\nx = 1\n```")
    assert 'class="language-python"' in html
    assert '<span class="mi">1</span>' in html
    assert "style=" not in html


def test_prompts_and_output_of_a_session_are_told_from_its_code():
    html = render("```python\n>>> 1 + 1\n2\n```")
    assert '<span class="gp">&gt;&gt;&gt; </span><span class="mi">1</span>' in html
    assert '<span class="go">2</span>' in html


def test_an_unknown_language_is_plain_text():
    assert "x = 1" in render("```nolanguage\nx = 1\n```")


def test_an_svg_beside_the_text_is_drawn_in_place(tmp_path):
    (tmp_path / "loss.svg").write_text('<svg role="img"></svg>')
    html = render("Before.\n\n![The loss falls](loss.svg)\n", tmp_path)
    assert html == (
        "<p>Before.</p>\n"
        '<figure class="figure"><svg role="img"></svg><figcaption>The loss falls</figcaption></figure>\n'
    )


def test_a_figure_outside_the_folder_is_not_read(tmp_path):
    (tmp_path / "secret.svg").write_text("<svg>secret</svg>")
    inner = tmp_path / "lesson"
    inner.mkdir()
    assert "secret</svg>" not in render("![x](../secret.svg)", inner)


def test_a_figure_that_moves_has_its_place_and_its_words_without_a_script():
    html = render("![Move the <start>](see:gradient-descent)\n")
    assert html.startswith('<figure class="see" data-see="gradient-descent"><div class="see-stage"></div><noscript>')
    assert "This figure moves only with JavaScript." in html
    assert html.endswith("<figcaption>Move the &lt;start&gt;</figcaption></figure>\n")
    assert has_moving_figures(html)


def test_only_a_paragraph_of_its_own_with_a_plain_name_is_a_figure_that_moves(tmp_path):
    assert not has_moving_figures(render("See ![this](see:gradient-descent) here."))
    assert not has_moving_figures(render("![x](see:../kit)\n\n![x](see:kit/dom)", tmp_path))


def test_headings_carry_the_ids_of_the_page():
    text = "# Title\n\n## Why a half?\n\n### With `numpy`\n\n## Why a half?\n"
    assert [(h.level, h.id, h.text) for h in headings(text)] == [
        (2, "why-a-half", "Why a half?"),
        (3, "with-numpy", "With numpy"),
        (2, "why-a-half-1", "Why a half?"),
    ]
    for heading in headings(text):
        assert f'id="{heading.id}"' in render(text)
