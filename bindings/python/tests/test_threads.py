"""Many threads read one document, and long calls let others run."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import godockerfile as g

WORKERS = 8
ROUNDS = 25


def everything(document: g.Document) -> tuple[object, ...]:
    return (
        [(node.kind, node.range, node.value) for node in document.walk()],
        [command.arguments for command in document.commands],
        [(stage.name, stage.base) for stage in document.stages],
        [(finding.code, finding.message) for finding in g.check(document)],
    )


def test_threads_share_a_document(go_image: str) -> None:
    expected = everything(g.parse(go_image))
    document = g.parse(go_image)
    with ThreadPoolExecutor(WORKERS) as pool:
        answers = list(pool.map(lambda _: everything(document), range(WORKERS * ROUNDS)))
    assert all(answer == expected for answer in answers)


def test_threads_share_a_rule_set(go_image: str) -> None:
    rules = g.RuleSet("base")
    expected = g.fix(go_image, rules=rules).text
    with ThreadPoolExecutor(WORKERS) as pool:
        texts = list(pool.map(lambda _: g.fix(go_image, rules=rules).text, range(WORKERS * 4)))
    assert texts == [expected] * len(texts)


def test_closing_while_others_read_is_safe(go_image: str) -> None:
    for _ in range(ROUNDS):
        document = g.parse(go_image)
        start = threading.Barrier(WORKERS + 1)
        failures: list[BaseException] = []

        def read(
            document: g.Document = document,
            start: threading.Barrier = start,
            failures: list[BaseException] = failures,
        ) -> None:
            start.wait()
            try:
                while True:
                    everything(document)
            except g.ClosedError:
                pass
            except BaseException as error:
                failures.append(error)

        threads = [threading.Thread(target=read) for _ in range(WORKERS)]
        for thread in threads:
            thread.start()
        start.wait()
        document.close()
        for thread in threads:
            thread.join()
        assert failures == []


def test_parsing_lets_other_threads_run() -> None:
    text = b"RUN echo some words to parse\n" * 200_000
    ticks = 0
    done = threading.Event()

    def count() -> None:
        nonlocal ticks
        while not done.is_set():
            ticks += 1
            done.wait(0.001)

    def ticks_while_parsing() -> int:
        before = ticks
        g.parse(text)
        return ticks - before

    counter = threading.Thread(target=count)
    counter.start()
    try:
        # A parser that held the lock would let at most the ticks before and after it through.
        assert any(ticks_while_parsing() >= 3 for _ in range(10))
    finally:
        done.set()
        counter.join()


def test_a_project_is_read_while_a_directory_is_added(tmp_path: Path) -> None:
    for number in range(2000):
        (tmp_path / f"file{number}").touch()
    for _ in range(ROUNDS // 5):
        project = g.Project()
        adder = threading.Thread(target=project.add_directory, args=(tmp_path,))
        adder.start()
        while adder.is_alive():
            assert all(name.startswith("file") for name in list(project.files)[:5])
            assert "other" not in project
        adder.join()
        assert len(project.files) == 2000
