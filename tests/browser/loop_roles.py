"""The people of the loop, from need to result: what each of them does on the pages."""

from playwright.sync_api import expect

from services.requests.rules import Act
from tests.browser.person import Person


class Resident(Person):
    """Tells what is wrong on a phone, without an account, and keeps the link."""

    def reports(self, text: str, **more: str) -> str:
        """The three fields, from the home page; the need's number."""
        self.page.goto("/")
        self.follows("Report a need")
        self.fills(category="roads", text=text, centre="town", **more)
        self.presses("Send it", "need")
        return self.keeps_link()

    def reports_all_the_same(self, text: str) -> str:
        """Is shown that somebody reported it, and sends the own words nevertheless."""
        self.page.goto("/")
        self.follows("Report a need")
        self.fills(category="roads", text=text, centre="town")
        self.presses("Send it", "need")
        self.presses("No, send mine")
        return self.keeps_link()

    def keeps_link(self) -> str:
        """The link is the person's only way back."""
        self.link = self.page.url
        return self.page.locator(".reference").inner_text()

    def sees(self, *texts: str) -> None:
        """What the link shows by now."""
        self.page.goto(self.link)
        self.reads(*texts)

    def says_it_is_solved(self, words: str) -> None:
        """Answers by the link."""
        self.page.goto(self.link)
        self.follows("Answer", "need")
        self.fills(solved="yes", satisfaction="5", text=words)
        self.presses("Send the answer")


class Manager(Person):
    """Has the dispatch desk, decides on projects, answers for the centre."""

    def opens_need(self, number: str) -> None:
        """By the search of the board."""
        self.opens("staff:needs-board")
        self.fills(q=number)
        self.presses("Show")
        self._goes_by(self.page.locator(".need-board .rows > li > a"))

    def looks_through(self, number: str) -> None:
        """Reads a new need, and says what it is about."""
        self.opens_need(number)
        self.acts(Act.TRIAGE, category="roads")

    def joins(self, twin: str, number: str) -> None:
        """Two who ask for the same are one need from now on; the desk proposes the other one."""
        self.opens_need(twin)
        self.acts(Act.MERGE)
        self.reads(number)

    def passes_on(self, number: str, team: str) -> None:
        """To a volunteer team."""
        self.opens_need(number)
        self.acts(Act.DISPATCH, target=f"team:{team}", note="请先去看看")

    def approves(self, title: str) -> None:
        """A project that was proposed."""
        self.opens("projects-staff:list")
        self.finds(title)
        self.follows("Approve the project")
        self.presses("Approve the project")

    def makes_project(self, number: str, title: str) -> None:
        """The need is too large for one visit: a project takes it up."""
        self.opens_need(number)
        self.acts(Act.TO_PROJECT, project={"label": title})
        self.reads(title)

    def keeps(self, resource: str, project: str, day: str) -> None:
        """A room for the project, found from the project's page."""
        self.opens("projects-staff:list")
        self.finds(project)
        self.follows("Use a room or thing for it")
        self.fills(q=resource)
        self.presses("Search")
        self.reads(project)
        self.follows("Enter a use")
        self.fills(purpose="装灯", first_day=day, begins="18:00", ends="21:00")
        self.presses("Keep this time")
        self.reads(project)

    def completes(self, title: str) -> None:
        """Everything that the last gate asks for is there."""
        self.opens("projects-staff:list")
        self.finds(title)
        self.follows("Complete the project")
        self.presses("Complete the project")

    def answers(self, advice: str, words: str) -> None:
        """Takes a recommendation up."""
        self.opens("thinktank-staff:recommendations")
        self.finds(advice)
        self.follows("Answer", "think tank")
        self.fills(answer_class="A", text=words)
        self.presses("Send the answer")

    def opens_a_need_for(self, title: str, due: str) -> None:
        """On the page of the recommendation: a step that opens a new need, done at once."""
        self.follows("Add what follows")
        self.fills(kind="new_request", title=title, due_on=due, opens=True)
        self.presses("Save")
        self.follows("Done or dropped")
        self.fills(state="done")
        self.presses("Save")

    def looks_at_chain(self, number: str) -> None:
        """From the need's page."""
        self.opens("staff:need", number)
        self.follows("All that followed from it")


class Volunteer(Person):
    """Leads a team, or a project."""

    def takes_on(self, number: str) -> None:
        """A need that came to the team."""
        self.opens("volunteers:my-hours")
        self.follows("Needs for my teams")
        self.finds(number)
        self.acts(Act.ACCEPT)

    def writes_idea(self, title: str, lead: str, **dates: str) -> None:
        """An idea for a project, which somebody else of the team is to lead."""
        self.opens("volunteers:projects")
        self.follows("Write down an idea")
        self.fills(title_zh=title, category="infrastructure", summary="夜归路上有灯")
        self.fills(target="补装20盏路灯", lead={"label": lead}, **dates)
        self.presses("Save")

    def opens_project(self, title: str) -> None:
        """From the list of my projects."""
        self.opens("volunteers:projects")
        self.finds(title)

    def plans(self, title: str, milestone: str, due: str) -> None:
        """One milestone."""
        self.opens_project(title)
        self.follows("Milestones")
        self.fills(form="step", title=milestone, due_on=due)
        self.presses("Add")

    def steps(self, title: str, act: str) -> None:
        """Propose, start, hand in: asked once more on a page of its own."""
        self.opens_project(title)
        self.follows(act)
        self.presses(act)

    def announces(self, team: str, project: str, day: str) -> None:
        """An activity of the team for the project, with one session, published."""
        self.opens("volunteers:team-activities", team)
        self.follows("New activity")
        self.fills(kind="service", title_zh="装灯行动", about_zh="一起装灯。", centre="town")
        self.fills(project={"label": project})
        self.presses("Keep as a draft")
        self.fills(day=day, start="18:00", end="21:00")
        self.presses("Save")
        self.presses("Publish")

    def enters_hours(self, project: str, day: str) -> None:
        """Three hours in the evening, for the project."""
        self.opens("volunteers:my-hours")
        self.fills(project={"label": project}, day=day, start="18:00", end="21:00")
        self.page.locator("form[data-outbox] .buttons .btn-primary").click()
        expect(self.page.locator("#ledger li")).to_have_count(1)

    def approves_hours(self, team: str) -> None:
        """What was entered, on one screen."""
        self.opens("volunteers:team-hours", team)
        self.presses("Approve the ticked ones")

    def shows(self, title: str, kind: str, colour: str, words: str) -> None:
        """A photo from before or after."""
        self.opens_project(title)
        self.follows("Photos")
        self.fills(photo=colour, kind=kind, caption=words)
        self.presses("Add")

    def finishes(self, title: str, milestone: str, result: str) -> None:
        """Ticks the milestone off, and writes what came of it."""
        self.opens_project(title)
        self.follows("Milestones")
        self.reads(milestone)
        self.presses("This is done")
        self.opens_project(title)
        self.follows("Write the result")
        self.fills(text=result)
        self.presses("Save")

    def says_it_is_done(self, title: str, number: str, words: str) -> None:
        """The need that the project took up."""
        self.opens_project(title)
        self.finds(number)
        self.acts(Act.RESOLVE, note=words)


class Expert(Person):
    """A member of the think tank: observes, and recommends."""

    def observes(self, subject: str, title: str) -> None:
        """A report, submitted with the figures of that moment."""
        self.opens("thinktank:desk")
        self.follows("Write a report")
        self.fills(subject=subject, title=title, method="visit", text="村道夜里有灯了。")
        self.presses("Save the draft")
        self.follows("Submit it")
        self.presses("Submit it")

    def recommends(self, report: str, advice: str, words: str) -> None:
        """From the own report, once it is public."""
        self.opens("thinktank:desk")
        self.finds(report)
        self.follows("Recommend something")
        self.fills(title=advice, text=words, centre={"label": "镇中心"})
        self.presses("Send it to whoever is to act")


class TownAdmin(Person):
    """Publishes for the think tank, and looks whether advice worked."""

    def publishes(self, report: str) -> None:
        """A report that waits for the town."""
        self.opens("thinktank-staff:observations")
        self.finds(report)
        self.presses("Make it public")

    def verifies(self, advice: str, metric: str, note: str) -> None:
        """A figure before and after."""
        self.page.goto("/staff/think-tank/recommendations/?show=answered")
        self.finds(advice)
        self.follows("Check the effect")
        self.fills(metric=metric, before="9", after="2", note=note, has_effect="yes")
        self.presses("Keep the finding")
