"""What English-speaking respondents write, by theme and by how they scored."""

from typing import Final

COMMENTS: Final[dict[str, dict[str, tuple[str, ...]]]] = {
    "onboarding": {
        "detractor": (
            "Three weeks in and half the team still has no working account.",
            "The setup guide stops exactly where it gets difficult.",
            "Nobody told us the import had to be redone for every workspace.",
            "Too much to configure before you see anything useful.",
        ),
        "passive": (
            "Getting started took a while, fine since then.",
            "Good product, but new colleagues need a day of hand-holding.",
            "The checklist helps, the videos are out of date though.",
            "OK once it is set up.",
        ),
        "promoter": (
            "We were live in two days, which never happens here.",
            "The guided setup is the best I've seen from any vendor.",
            "New hires figure it out without asking me. Love it.",
            "Migration was painless, even with nine years of old data.",
        ),
    },
    "billing": {
        "detractor": (
            "Charged twice in March and still waiting for the credit note.",
            "Your invoices are impossible to match with our purchase orders.",
            "Removing a seat should not require an e-mail to sales.",
            "I can't find last year's invoices anywhere.",
        ),
        "passive": (
            "Invoices arrive late, everything else is okay.",
            "Billing page could use a clearer breakdown per team.",
            "Works, but VAT numbers get lost on every renewal.",
            "Would be nicer with annual invoicing in our own currency.",
        ),
        "promoter": (
            "Finally a vendor whose invoices our accountant understands.",
            "Changed our plan mid-month and the proration was spot on.",
            "Billing is simple, fair and never needs my attention.",
            "Adding seats takes ten seconds. Thank you.",
        ),
    },
    "performance": {
        "detractor": (
            "Reports take over a minute to load, every single morning.",
            "The app freezes as soon as I filter more than 10,000 rows.",
            "Two outages this month during our busiest hours.",
            "Slow, slow, slow. I keep a second tool open just in case.",
        ),
        "passive": (
            "A bit sluggish on Mondays, otherwise reliable.",
            "Speed is acceptable, exports could be quicker.",
            "Search got faster lately, dashboards not so much.",
            "Fine for small lists, heavy ones make it crawl.",
        ),
        "promoter": (
            "Everything opens instantly, even our largest account.",
            "Not one outage since we signed. That matters to us.",
            "So much faster than what we had before.",
            'My boss asked "is it cached?" - no, it is just quick.',
        ),
    },
    "support": {
        "detractor": (
            "Four days for a first reply, and it was a canned one.",
            "Had to explain the same problem to three different agents.",
            "Ticket closed without being solved. Twice.",
            "The chat bot sends me in circles and there is no way to reach a person.",
        ),
        "passive": (
            "Support is friendly but slow outside of US hours.",
            "They solved it in the end, after some back and forth.",
            "Decent help, the documentation is thin.",
            "Answer came quickly, the fix less so.",
        ),
        "promoter": (
            "Support answered in six minutes and fixed it in ten.",
            "Whoever answers your tickets deserves a raise.",
            "Real people who actually read the question.",
            "I reported a bug on Tuesday, it was gone on Thursday!",
        ),
    },
    "missing features": {
        "detractor": (
            "Still no bulk edit. We asked for it two years ago.",
            "Permissions are all or nothing, which rules it out for our other teams.",
            "- no scheduled exports\n- no audit trail\n- no custom roles",
            "Half of the roadmap we were sold never shipped.",
        ),
        "passive": (
            "+1 for dark mode and keyboard shortcuts.",
            "Does the job; custom fields would make it great.",
            "I'd score higher if reports could be scheduled.",
            "Good core, but the filters are too basic for analysts.",
        ),
        "promoter": (
            "Does everything we need and nothing we don't.",
            "The new report builder replaced three spreadsheets.",
            "Each release brings something we actually use.",
            "Would love a public roadmap, but honestly it's great already.",
        ),
    },
    "price": {
        "detractor": (
            "The price went up a third and nothing got better for us.",
            "Too expensive for what a ten-person company uses.",
            "Paying per seat for people who log in once a month makes no sense.",
            "We are comparing alternatives because of the renewal quote.",
        ),
        "passive": (
            "Good tool, a little pricey.",
            "Value is okay as long as the discount stays.",
            "Happy with the product, not with the last price change.",
            "A cheaper read-only seat would help.",
        ),
        "promoter": (
            "Pays for itself by the second week of each month.",
            "Cheaper than our old stack and far better.",
            "Fair price, no surprises at renewal.",
            "Worth every cent for a team like ours.",
        ),
    },
    "mobile": {
        "detractor": (
            "The phone app logs me out every day.",
            "On a tablet half of the buttons are off screen.",
            "Notifications arrive hours late on Android, so I miss approvals.",
            "Can't do anything useful from my phone.",
        ),
        "passive": (
            "Desktop is good, the mobile app feels like an afterthought.",
            "Mobile works for reading, not for editing.",
            "Offline mode would be welcome, trains have no signal.",
            "App is fine, a bit battery hungry.",
        ),
        "promoter": (
            "I approve requests from my phone on the way to work.",
            "Best mobile app of all the tools we run 👍",
            "Same features on the phone as on the desktop, brilliant.",
            "Our field team lives in the mobile app.",
        ),
    },
    "integrations": {
        "detractor": (
            "The CRM sync breaks every other week and nobody notices but us.",
            "Your API returns different fields than the docs say.",
            "Single sign-on took four months to get working.",
            "Duplicates everywhere since we connected our help desk.",
        ),
        "passive": (
            "Integrations exist but you need a developer for them.",
            "Slack connector is okay, the calendar one is flaky.",
            "API is fine, rate limits are tight.",
            "Would like webhooks for more events.",
        ),
        "promoter": (
            "Connected our CRM and help desk in an afternoon.",
            "The API is clean, documented and boring in the best way.",
            "Single sign-on just worked, our security team is delighted.",
            "It fits right between our warehouse and Slack.",
        ),
    },
}

ENDINGS: Final[dict[str, tuple[str, ...]]] = {
    "detractor": (
        "Please fix this.",
        "Disappointing.",
        "We expected better.",
        "Not renewing as is.",
    ),
    "passive": ("Otherwise fine.", "Keep going.", "Not a blocker.", "That's all."),
    "promoter": ("Keep it up!", "Already recommended it twice.", "Thanks!", "Great team."),
}
