"""Product changes: what shipped, and the NPS in the days before and after."""

from nps_app.view.queries_segments import measured_changes
from nps_app.view.widgets.change_list import change_actions, change_choices, change_list
from nps_app.view.widgets.changes import done_notice
from nps_app.view.widgets.definition import say_all_responses
from nps_app.view.widgets.filters import current_filter
from nps_app.view.widgets.guard import guard_page
from nps_core.language import tr

guard_page(tr("Product changes"))
done_notice()
say_all_responses()
days, washout = change_choices()
measured = measured_changes(current_filter(), days, washout)
change_actions(measured)
change_list(measured, current_filter(), days, washout)
