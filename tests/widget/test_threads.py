"""SamWidget while its model works on a thread of its own: waiting, interrupting, many hands."""

import signal
import threading

import numpy as np
import pytest

from sam_widget.document.edits import EditError
from sam_widget.segment.answers.worker import Worker
from sam_widget.widget import SamWidget
from tests.widget.page import PHOTO


class TestThreads:
    @pytest.fixture
    def threaded(self, model):
        worker = Worker("fake")

        class Threaded(SamWidget):
            _executor = staticmethod(lambda name: worker)

        widget = Threaded(PHOTO, model)
        widget.wait(20)
        yield widget
        model.gate.set()
        widget.close()

    def test_python_waits_for_the_answer(self, threaded, model):
        threaded.add_point(30, 20)
        assert threaded.mask[20, 30]
        assert threading.current_thread().name not in model.threads

    def test_interrupting_leaves_the_click_and_the_widget_whole(self, threaded, model):
        model.gate.clear()
        main = threading.main_thread().ident
        timer = threading.Timer(0.2, signal.pthread_kill, (main, signal.SIGINT))
        timer.start()
        with pytest.raises(KeyboardInterrupt):
            threaded.add_point(30, 20)
        timer.join()
        assert len(threaded.prompts) == 1
        model.gate.set()
        threaded.wait(20)
        assert threaded.mask[20, 30]

    def test_an_observer_on_the_models_thread_may_click(self, threaded):
        done = threading.Event()

        def again(change):
            if len(threaded.prompts) == 1:
                threaded.add_point(10, 10)
                done.set()

        threaded.observe(again, "mask")
        threaded.add_point(30, 20)
        assert done.wait(20)
        threaded.wait(20)
        assert len(threaded.prompts) == 2

    def test_many_hands(self, threaded):
        def clicks(seed):
            rng = np.random.default_rng(seed)
            for x, y in rng.uniform(0, 40, (5, 2)):
                for _ in range(50):
                    try:
                        threaded.add_point(x, y)
                        break
                    except EditError:  # another opened an object in the same moment
                        continue

        hands = [threading.Thread(target=clicks, args=(seed,)) for seed in range(4)]
        for hand in hands:
            hand.start()
        for hand in hands:
            hand.join(60)
            assert not hand.is_alive()
        threaded.wait(20)
        assert len(threaded.prompts) == 20
        assert threaded.mask is not None
