# %% [markdown] lang="en"
# # For the teacher: a class's numbers
#
# Each student saves one small JSON: clicks and seconds for each object, how good it became, and nothing else of a
# person but the name that they give themselves. This notebook joins a folder of them.
#
# **A student's cell**, after work on the photo that you chose, with `w` the widget:
#
# ```python
# from sam_widget.lessons import numbers
# numbers(w, "kim", truths).save("kim.json")   # truths: {"cup": mask}, from you; or left out
# ```

# %% [markdown] lang="ko"
# # 선생님께: 한 반의 숫자
#
# 학생마다 작은 JSON 하나를 저장합니다. 개체마다 클릭 수와 걸린 시간, 얼마나 좋아졌는지가 들어 있고, 사람에 관한 것은 스스로
# 적은 이름뿐입니다. 이 공책은 그런 파일이 담긴 폴더를 하나로 모읍니다.
#
# **학생의 셀.** 정해 주신 사진으로 작업한 다음, 위젯을 `w`라고 할 때:
#
# ```python
# from sam_widget.lessons import numbers
# numbers(w, "kim", truths).save("kim.json")   # truths: 선생님이 주신 {"cup": 마스크}, 없어도 됩니다
# ```

# %%
# %matplotlib inline
import tempfile
from pathlib import Path

from sam_widget import SamWidget
from sam_widget.lessons import Classroom, numbers, speak

speak("{language}")
photo = "../../photos/coffee.jpg"
folder = Path(tempfile.mkdtemp())  # yours: Path("class/")

# %% [markdown] lang="en"
# No class at hand? Three students of paper click the cup, each in their own way. The truth is what a careful fourth
# one drew. With your own folder, leave this cell out.

# %% [markdown] lang="ko"
# 아직 반이 없나요? 종이로 만든 학생 셋이 저마다 다르게 컵을 클릭합니다. 참은 꼼꼼한 네 번째 학생이 그린 것입니다. 폴더가 있다면 이
# 셀은 건너뛰세요.

# %%
careful = SamWidget(photo, "mini")
careful.add_box(170, 15, 415, 275)
truth = careful.mask

students = {
    "kim": [(290, 150, True)],
    "lee": [(290, 150, True), (290, 235, True), (120, 300, False)],
    "park": [(60, 60, True), (290, 150, True), (60, 60, False), (290, 240, True)],
}
for name, clicks in students.items():
    w = SamWidget(photo, "mini")
    for x, y, positive in clicks:
        w.add_point(x, y, positive)
    w.accept()
    w.rename(w.objects[0].id, "cup")
    numbers(w, name, {"cup": truth}).save(folder / f"{name}.json")

# %% [markdown] lang="en"
# ## The table
#
# *NoC@85* is the number of clicks until the IoU is 0.85, 20 where it never came. What could not be read stands below.

# %% [markdown] lang="ko"
# ## 표
#
# *NoC@85*는 IoU가 0.85가 될 때까지의 클릭 수이고, 끝내 되지 않으면 20입니다. 읽을 수 없는 파일은 아래에 적힙니다.

# %%
group = Classroom.read(folder)
group

# %% [markdown] lang="en"
# ## The curves
#
# On the left the IoU after each click, an object a line, the mean in blue. On the right: does the model know how good it
# is? A point under the line is a mask that it thought better than it was.

# %% [markdown] lang="ko"
# ## 곡선
#
# 왼쪽은 클릭마다의 IoU입니다. 개체마다 선 하나, 평균은 파란색입니다. 오른쪽은 모델이 자신을 아는지 보여 줍니다. 선 아래의 점은
# 모델이 실제보다 좋게 여긴 마스크입니다.

# %%
group.figure()

# %% [markdown] lang="en"
# ## Where the class has clicked
#
# All clicks on one photo. Where is everybody? Where nobody? Ask the one who clicked somewhere else.

# %% [markdown] lang="ko"
# ## 반이 클릭한 곳
#
# 사진 한 장 위의 모든 클릭입니다. 모두가 모인 곳은 어디이고, 아무도 없는 곳은 어디인가요? 다른 곳을 클릭한 학생에게 물어보세요.

# %%
group.clicks_on(careful.image)
