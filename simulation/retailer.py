"""The whole retailer, subject by subject, each with a random stream of its own."""

from simulation.campaigns import contact_width, make_campaigns, make_promotions
from simulation.care import make_service_tickets, make_surveys
from simulation.columns import id_width
from simulation.days import MONTH_COUNT
from simulation.funnel import make_leads, make_opportunities
from simulation.members import write_members
from simulation.people import make_people, write_cards
from simulation.plan import make_costs, make_exchange_rates, make_targets, make_traffic
from simulation.planned import plan_first_days, plan_rhythms
from simulation.products import make_products
from simulation.randomness import stream
from simulation.sales import month_of_business
from simulation.shop import Shop, Tally
from simulation.stores import make_stores
from simulation.visits import make_visits
from simulation.wallet import open_wallet


def simulate(size, seed, sink):
    """Write every table of a retailer of this size into the sink; does not close it."""

    def rng(name):
        return stream(seed, name)

    stores = make_stores(size, rng("stores"), sink)
    products = make_products(size, rng("products"), sink)
    people = make_people(size, stores, rng("people"))
    write_cards(people, stores, rng("cards"), sink)
    consents = write_members(people, stores, rng("members"), sink)
    planned = make_campaigns(size, people, consents, rng("campaigns"), sink)
    leads = make_leads(size, people, rng("leads"), sink)
    orders, opportunity_ids = make_opportunities(
        people, leads, products, rng("opportunities"), sink
    )
    planned.join(orders)
    planned.join(plan_first_days(people, rng("first days")))
    planned.join(plan_rhythms(people, rng("rhythms")))
    planned = planned.columns()
    visits = make_visits(size, people, planned, rng("visits"))
    shop = Shop(
        seed=seed,
        lines_per_ticket=size.lines_per_ticket,
        stores=stores,
        products=products,
        people=people,
        promotions=make_promotions(),
        planned=planned,
        visits=visits,
        wallet=open_wallet(people, rng("wallet"), sink),
        opportunity_ids=opportunity_ids,
        ticket_width=id_width(size.line_count * 1.3 / size.lines_per_ticket),
        contact_width=contact_width(size),
    )
    tally = Tally.empty(stores)
    for month in range(MONTH_COUNT):
        month_of_business(month, shop, tally, sink)
    make_targets(tally, stores, rng("targets"), sink)
    make_costs(people, visits, rng("costs"), sink)
    make_traffic(tally, stores, rng("traffic"), sink)
    make_exchange_rates(rng("exchange rates"), sink)
    make_service_tickets(size, people, rng("service"), sink)
    make_surveys(size, people, stores, rng("surveys"), sink)
