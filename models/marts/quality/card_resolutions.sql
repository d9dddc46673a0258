-- Each card goes one way, and so does each ticket: cards add up to dim_cards, tickets
-- and their money to the ledger.
with

tickets as (

    select
        card_id,
        count(*) as ticket_count,
        sum(net_sales_amount) as net_sales_amount

    from {{ ref('fct_transactions') }}
    group by card_id

),

resolved as (

    select
        cards.card_id,
        cards.customer_id,
        cards.is_house_card,
        case
            when cards.is_in_merge_cycle then 'merge_cycle'
            when not cards.is_surviving then 'merged'
            when cards.has_unknown_merge then 'unknown_merge'
            when customers.is_known_member then 'member'
            else 'unknown_person'
        end as resolution_code

    from {{ ref('dim_cards') }} as cards
    inner join {{ ref('dim_customers') }} as customers
        on cards.customer_id = customers.customer_id

),

gathered as (

    select
        coalesce(
            resolved.resolution_code,
            case when tickets.card_id is null then 'no_card' else 'orphan' end
        ) as resolution_code,
        coalesce(resolved.card_id, tickets.card_id) as card_id,
        resolved.customer_id,
        coalesce(resolved.is_house_card, false) as is_house_card,
        tickets.ticket_count,
        tickets.net_sales_amount

    from resolved
    full outer join tickets on resolved.card_id = tickets.card_id

),

told as (

    select
        ways.resolution_code,
        ways.resolution_order,
        ways.resolution_name,
        ways.resolution_name_zh,
        ways.action,
        ways.action_zh,
        count(gathered.card_id) as card_count,
        count(distinct gathered.customer_id) as customer_count,
        cast(coalesce(sum(gathered.ticket_count), 0) as bigint) as ticket_count,
        cast(coalesce(sum(gathered.net_sales_amount), 0) as decimal(18, 4))
            as net_sales_amount,
        count(*) filter (where gathered.is_house_card) as house_card_count,
        cast(coalesce(
            sum(case when gathered.is_house_card then gathered.ticket_count end), 0
        ) as bigint) as house_ticket_count,
        cast(coalesce(
            sum(case when gathered.is_house_card then gathered.net_sales_amount end), 0
        ) as decimal(18, 4)) as house_net_sales_amount

    from {{ ref('rule_card_resolutions') }} as ways
    left join gathered on ways.resolution_code = gathered.resolution_code
    group by
        ways.resolution_code,
        ways.resolution_order,
        ways.resolution_name,
        ways.resolution_name_zh,
        ways.action,
        ways.action_zh

)

select * from told
