"""What must be true of the files, in SQL: keys, references, sums, and the figures.

Written against the raw contract and the definitions of the warehouse, not against the
generator. The queries read one table per raw table and what PREPARATION makes of them.
"""

KEYS = {
    "cards": "card_id",
    "transactions": "transaction_id",
    "transaction_lines": "transaction_id, line_number",
    "tenders": "transaction_id, tender_type",
    "returns": "return_id",
    "products": "product_id",
    "product_attributes": "product_id, attribute",
    "stores": "store_id",
    "store_traffic": "store_id, counted_on",
    "members": "member_id",
    "member_attributes": "member_id, attribute",
    "leads": "lead_id",
    "opportunities": "opportunity_id",
    "funnel_events": "entity_type, entity_id, stage, entered_at",
    "opportunity_orders": "opportunity_id, transaction_id",
    "campaigns": "campaign_id",
    "campaign_contacts": "contact_id",
    "campaign_responses": "response_id",
    "coupons": "coupon_id",
    "coupon_redemptions": "redemption_id",
    "service_tickets": "ticket_id",
    "surveys": "response_id",
    "card_movements": "movement_id",
    "card_balances": "card_id, balanced_on",
    "targets": "target_month, store_id, category",
    "costs": "cost_month, cost_type, channel, campaign_id",
    "exchange_rates": "currency, rate_on",
    "erasures": "member_id",
}
REFERENCES = (
    ("cards", "member_id", "members", "member_id"),
    ("cards", "merged_into_card_id", "cards", "card_id"),
    ("cards", "issued_store_id", "stores", "store_id"),
    ("transactions", "store_id", "stores", "store_id"),
    ("transactions", "original_transaction_id", "transactions", "transaction_id"),
    ("transaction_lines", "transaction_id", "transactions", "transaction_id"),
    ("transaction_lines", "product_id", "products", "product_id"),
    ("transaction_lines", "campaign_id", "campaigns", "campaign_id"),
    ("transaction_lines", "coupon_id", "coupons", "coupon_id"),
    ("tenders", "transaction_id", "transactions", "transaction_id"),
    ("returns", "original_transaction_id", "transactions", "transaction_id"),
    ("product_attributes", "product_id", "products", "product_id"),
    ("store_traffic", "store_id", "stores", "store_id"),
    ("members", "referred_by_member_id", "members", "member_id"),
    ("member_attributes", "member_id", "members", "member_id"),
    ("leads", "member_id", "members", "member_id"),
    ("leads", "campaign_id", "campaigns", "campaign_id"),
    ("opportunities", "lead_id", "leads", "lead_id"),
    ("opportunities", "member_id", "members", "member_id"),
    ("opportunities", "product_id", "products", "product_id"),
    ("opportunity_orders", "opportunity_id", "opportunities", "opportunity_id"),
    ("opportunity_orders", "transaction_id", "transactions", "transaction_id"),
    ("campaign_contacts", "campaign_id", "campaigns", "campaign_id"),
    ("campaign_contacts", "member_id", "members", "member_id"),
    ("campaign_responses", "contact_id", "campaign_contacts", "contact_id"),
    ("coupons", "campaign_id", "campaigns", "campaign_id"),
    ("coupons", "member_id", "members", "member_id"),
    ("coupon_redemptions", "coupon_id", "coupons", "coupon_id"),
    ("coupon_redemptions", "transaction_id", "transactions", "transaction_id"),
    ("service_tickets", "member_id", "members", "member_id"),
    ("surveys", "member_id", "members", "member_id"),
    ("surveys", "store_id", "stores", "store_id"),
    ("card_movements", "card_id", "cards", "card_id"),
    ("card_balances", "card_id", "cards", "card_id"),
    ("targets", "store_id", "stores", "store_id"),
    ("costs", "campaign_id", "campaigns", "campaign_id"),
    ("erasures", "member_id", "members", "member_id"),
)

# A customer is the member of the card that survives all merges.
CUSTOMERS = """
create temp table customers as
with recursive chain as (
    select card_id, card_id as survivor_id, merged_into_card_id as next_id, 0 as depth
    from cards
    union all
    select chain.card_id, cards.card_id, cards.merged_into_card_id, chain.depth + 1
    from chain
    inner join cards on chain.next_id = cards.card_id
    where chain.depth < 10
)
select
    chain.card_id,
    coalesce(cards.member_id, cards.card_id) as customer_id,
    chain.depth
from chain
inner join cards on chain.survivor_id = cards.card_id
where chain.next_id is null
"""

# Tickets and rows of returns with their customer; voids and what they void are out.
SOLD = """
create temp table sold as
with line_sums as (
    select transaction_id, sum(net_amount) as net_amount
    from transaction_lines
    group by transaction_id
),
voided as (
    select unnest([transaction_id, original_transaction_id]) as transaction_id
    from transactions
    where transaction_type = 'void'
),
told as (
    select
        tickets.transaction_id,
        tickets.occurred_at,
        coalesce(tickets.net_amount, line_sums.net_amount) as net_amount,
        tickets.transaction_type,
        coalesce(tickets.card_id, originals.card_id) as card_id,
        tickets.card_id as shown_card_id
    from transactions as tickets
    left join line_sums using (transaction_id)
    left join transactions as originals
        on tickets.original_transaction_id = originals.transaction_id
    where tickets.transaction_id not in (select transaction_id from voided)
    union all
    select
        'return:' || returns.return_id, returns.returned_at, -returns.amount, 'return',
        originals.card_id, originals.card_id
    from returns
    inner join transactions as originals
        on returns.original_transaction_id = originals.transaction_id
)
select told.*, customers.customer_id
from told
left join customers using (card_id)
"""

# Days with a sale whose tickets and returns net above 0, or to 0 without a return.
PURCHASE_DAYS = """
create temp table purchase_days as
select customer_id, occurred_at::date as sold_on, sum(net_amount) as net_amount
from sold
where customer_id is not null
group by all
having count(*) filter (where transaction_type = 'sale') > 0
    and (
        sum(net_amount) > 0
        or sum(net_amount) = 0
        and count(*) filter (where transaction_type = 'return') = 0
    )
"""

PREPARATION = (CUSTOMERS, SOLD, PURCHASE_DAYS)

# Sentences that must be true: a query that returns the offenders, so no rows.
LAWS = {
    "headers equal their lines, but for a few fen": """
        select transaction_id from transactions
        inner join (
            select transaction_id, sum(net_amount) as line_amount
            from transaction_lines group by transaction_id
        ) using (transaction_id)
        where abs(net_amount - line_amount) >= 0.10""",
    "every ticket but a void has lines": """
        select transaction_id from transactions where transaction_type <> 'void'
        except select transaction_id from transaction_lines""",
    "tenders sum to the ticket": """
        select transaction_id
        from sold
        full join (
            select transaction_id, sum(amount) as paid_amount
            from tenders group by transaction_id
        ) as paid using (transaction_id)
        where sold.transaction_id not like 'return:%'
            and coalesce(paid_amount, 0) <> coalesce(net_amount, 0)""",
    "gross less discount is net": """
        select transaction_id from transactions
        where gross_amount - discount_amount <> net_amount""",
    "returns are not above zero, sales not below": """
        select transaction_id from transactions
        where transaction_type = 'return' and net_amount > 0
            or transaction_type = 'sale' and net_amount < 0""",
    "returns come after what they return": """
        select later.transaction_id from transactions as later
        inner join transactions as earlier
            on later.original_transaction_id = earlier.transaction_id
        where later.occurred_at <= earlier.occurred_at""",
    "a void mirrors the ticket it names": """
        select voids.transaction_id from transactions as voids
        inner join transactions as tickets
            on voids.original_transaction_id = tickets.transaction_id
        where voids.transaction_type = 'void'
            and voids.net_amount <> -tickets.net_amount""",
    "balances roll forward": """
        with moved as (
            select card_id, last_day(occurred_at::date) as balanced_on,
                sum(stored_value_amount) as stored, sum(points) as points
            from card_movements group by all
        )
        select card_id, balanced_on from (
            select *,
                coalesce(lag(stored_value_amount) over ordered, 0) as stored_before,
                coalesce(lag(points) over ordered, 0) as points_before
            from card_balances
            window ordered as (partition by card_id order by balanced_on)
        ) as closings
        full join moved using (card_id, balanced_on)
        where balanced_on > date '2024-10-31' and (
            stored_value_amount is distinct from stored_before + coalesce(stored, 0)
            or closings.points
                is distinct from points_before + coalesce(moved.points, 0)
        )""",
    "balances are told at every month end": """
        select card_id from card_balances group by card_id
        having count(*)
            <> 1 + date_diff('month', min(balanced_on), date '{last_day}')""",
    "stored value spent is stored value tendered": """
        select month_start from (
            select date_trunc('month', occurred_at) as month_start,
                -sum(stored_value_amount) as amount
            from card_movements where movement_type in ('spend', 'refund') group by all
        ) as moved full join (
            select date_trunc('month', occurred_at) as month_start,
                sum(amount) as amount
            from tenders inner join transactions using (transaction_id)
            where tender_type = 'stored_value' group by all
        ) as paid using (month_start)
        where moved.amount is distinct from paid.amount""",
    "movements have the sign of their kind": """
        select movement_id from card_movements
        where movement_type in ('load', 'refund')
                and least(stored_value_amount, points) < 0
            or movement_type in ('spend', 'expire')
                and greatest(stored_value_amount, points) > 0""",
    "redemptions are lines of their ticket with the same coupon": """
        select redemption_id from coupon_redemptions
        anti join transaction_lines using (transaction_id, coupon_id)""",
    "coupons are redeemed by their member while they are valid": """
        select redemption_id from coupon_redemptions
        inner join coupons using (coupon_id)
        where coupon_redemptions.member_id <> coupons.member_id
            or redeemed_at::date not between valid_from and valid_to""",
    "a card is used from its day of issue": """
        select transaction_id from transactions inner join cards using (card_id)
        where occurred_at::date < issued_on""",
    "a merged card is not used after the merge": """
        select transaction_id from transactions inner join cards using (card_id)
        where status = 'merged' and occurred_at::date >= closed_on""",
    "the last stage entered is the stage told": """
        select lead_id from leads
        left join (
            select entity_id, arg_max(stage, entered_at) as stage
            from funnel_events where entity_type = 'lead' group by all
        ) on lead_id = entity_id where stage is distinct from status
        union all
        select opportunity_id from opportunities
        inner join (
            select entity_id, arg_max(stage, entered_at) as last_stage
            from funnel_events where entity_type = 'opportunity' group by all
        ) on opportunity_id = entity_id where last_stage is distinct from stage""",
    "deals won have an order, no other has": """
        select opportunity_id from opportunities
        left join opportunity_orders using (opportunity_id)
        where (stage = 'Won') <> (transaction_id is not null)""",
    "orders belong to the member of the deal": """
        select opportunity_id from opportunity_orders
        inner join opportunities using (opportunity_id)
        inner join sold using (transaction_id)
        where sold.customer_id is distinct from member_id""",
    "a member has one contact per campaign": """
        select member_id from campaign_contacts group by campaign_id, member_id
        having count(*) > 1""",
    "controls do not respond": """
        select response_id from campaign_responses
        inner join campaign_contacts using (contact_id) where cell = 'control'""",
    "nothing is dated after the last day": """
        select transaction_id from transactions where occurred_at::date > '{last_day}'
        union all select movement_id from card_movements
        where occurred_at::date > '{last_day}'
        union all select response_id from surveys
        where responded_at::date > '{last_day}'
        union all select ticket_id from service_tickets
        where greatest(opened_at, closed_at)::date > '{last_day}'
        union all select entity_id from funnel_events
        where entered_at::date > '{last_day}'""",
    "visitors are not fewer than tickets": """
        select store_id from store_traffic
        inner join (
            select store_id, occurred_at::date as counted_on, count(*) as ticket_count
            from transactions where transaction_type = 'sale' group by all
        ) using (store_id, counted_on) where visitor_count < ticket_count""",
    "exactly one leap birthday": """
        select count(*) from members
        where birth_date like '%02-29' having count(*) <> 1""",
}

SAMPLE_LAWS = {
    "a thousand window buyers": """
        select count(distinct customer_id) from purchase_days
        where sold_on between '{window_start}' and '{last_day}'
        having count(distinct customer_id) <> 1000""",
}

FIGURES = {
    "tickets": "select count(*) from transactions",
    "lines": "select count(*) from transaction_lines",
    "net sales": "select sum(net_amount) from sold",
    "first and last day": "select min(occurred_at)::date || ' ' || "
    "max(occurred_at)::date from sold where transaction_type = 'sale'",
    "customers with a card": "select count(distinct customer_id) from customers",
    "window buyers": "select count(distinct customer_id) from purchase_days "
    "where sold_on between '{window_start}' and '{last_day}'",
    "identified share of net sales": "select round(sum(net_amount) filter "
    "(where customer_id is not null) / sum(net_amount), 4) from sold",
    "share of the top fifth of window buyers": """
        with buyers as (
            select customer_id, sum(net_amount) as net_amount from sold
            where customer_id in (select customer_id from purchase_days
                                  where sold_on >= '{window_start}')
                and occurred_at >= '{window_start}'
            group by all
        ), ranked as (
            select net_amount, row_number() over (order by net_amount desc) as place,
                count(*) over () as buyer_count from buyers
        )
        select round(sum(net_amount) filter (where place <= ceil(buyer_count * 0.2))
            / sum(net_amount), 4) from ranked""",
    "return share of sales": "select round(-sum(net_amount) filter (where "
    "transaction_type = 'return') / sum(net_amount) filter (where "
    "transaction_type = 'sale'), 4) from sold",
    "lines with known cost": "select round(count(cost_amount) / count(*), 4) "
    "from transaction_lines",
    "margin rate on those": "select round(1 - sum(cost_amount) / sum(net_amount), 4) "
    "from transaction_lines where cost_amount is not null",
    "purchase days per window buyer": "select round(count(*) / count(distinct "
    "customer_id), 2) from purchase_days where sold_on >= '{window_start}'",
    "stored-value share of tenders": "select round(sum(amount) filter (where "
    "tender_type = 'stored_value') / sum(amount), 4) from tenders",
    "orphan tickets": "select count(*) from sold where shown_card_id is not null "
    "and customer_id is null",
    "anonymous tickets": "select count(*) from sold where customer_id is null",
    "return tickets, rows, voids": "select (select count(*) from transactions where "
    "transaction_type = 'return') || ' ' || (select count(*) from returns) || ' ' || "
    "(select count(*) from transactions where transaction_type = 'void')",
    "headers without net amount": "select count(*) from transactions "
    "where net_amount is null",
    "headers a few fen off": "select count(*) from transactions inner join (select "
    "transaction_id, sum(net_amount) as line_amount from transaction_lines group by all"
    ") using (transaction_id) where net_amount <> line_amount",
    "gifts of net 0": "select count(*) from sold where net_amount = 0",
    "merged cards, longest chain": "select count(*) filter (where depth > 0) || ' ' || "
    "max(depth) from customers",
    "cards without member": "select count(*) from cards where member_id is null",
    "sale days that are no purchase day": "select count(*) from (select customer_id, "
    "occurred_at::date from sold where customer_id is not null and transaction_type "
    "= 'sale' except select customer_id, sold_on from purchase_days)",
    "reactivated after more than 180 days": "select count(distinct customer_id) from ("
    "select customer_id, sold_on - lag(sold_on) over (partition by customer_id "
    "order by sold_on) as gap from purchase_days) where gap > 180",
}

CAMPAIGN_EFFECTS = """
with outcomes as (
    select
        contacts.campaign_id, contacts.member_id, contacts.cell,
        coalesce(sum(sold.net_amount), 0)::double as amount
    from campaign_contacts as contacts
    inner join campaigns using (campaign_id)
    left join sold
        on contacts.member_id = sold.customer_id
        and sold.occurred_at::date
            between contacts.contacted_at::date + 1 and campaigns.ended_on
    group by all
),
planted as (
    select
        responses.campaign_id,
        count(*) as visits,
        sum(sold.net_amount)::double as amount
    from campaign_responses as responses
    inner join sold
        on responses.member_id = sold.customer_id
        and responses.responded_at = sold.occurred_at
    where responses.response_type = 'bought'
    group by all
)
select columns(* exclude (treatment_variance, control_variance))
from (select
    campaign_id,
    count(*) filter (where cell = 'treatment') as treatment,
    count(*) filter (where cell = 'control') as control,
    max(planted.visits) as visits,
    round(max(planted.amount) / treatment, 2) as planted_effect,
    round(avg(outcomes.amount) filter (where cell = 'treatment'), 2) as treatment_mean,
    round(avg(outcomes.amount) filter (where cell = 'control'), 2) as control_mean,
    round(treatment_mean - control_mean, 2) as difference,
    var_samp(outcomes.amount) filter (where cell = 'treatment') as treatment_variance,
    var_samp(outcomes.amount) filter (where cell = 'control') as control_variance,
    round(sqrt(
        treatment_variance / treatment + control_variance / control
    ), 2) as standard_error
from outcomes
left join planted using (campaign_id)
group by campaign_id)
order by campaign_id
"""
