-- What a channel sold, what it cost, and how often it was used to get in touch, in the
-- window and in the one before it.
{% set months = crm_warehouse.checked_integer('window_months', 1, 600) -%}
with

windows as (

    select
        max(window_start_on) as window_start_on,
        {{ crm_warehouse.add_months('max(window_start_on)', -months) }}
            as before_start_on

    from {{ ref('fct_customers') }}

),

events as (

    select
        coalesce(channel, 'unknown') as channel,
        sold_on as day_on,
        unit_count,
        net_sales_amount,
        margin_amount,
        margin_known_sales_amount,
        cast(null as decimal(18, 4)) as channel_cost_amount,
        cast(null as bigint) as interaction_count

    from {{ ref('fct_transactions') }}

    {% for mart, day, cost, interaction, condition in (
        ('fct_costs', 'cost_month', 'cost_amount', 'null', 'true'),
        ('fct_service_tickets', 'opened_on', 'null', '1', 'true'),
        ('fct_campaign_contacts', 'contacted_on', 'null', '1', 'not is_control')
    ) -%}
    union all

    select
        coalesce(channel, 'unknown') as channel,
        {{ day }} as day_on,
        null as unit_count,
        null as net_sales_amount,
        null as margin_amount,
        null as margin_known_sales_amount,
        {{ cost }} as channel_cost_amount,
        {{ interaction }} as interaction_count

    from {{ ref(mart) }}
    where {{ condition }}

    {% endfor -%}
),

summed as (

    select
        events.channel,
        {% for prefix, condition in (('', '>='), ('before_', '<')) -%}
        {% set period = 'events.day_on ' ~ condition ~ ' windows.window_start_on' -%}
        {% for name, type in {
            'unit_count': 'decimal(18, 6)', 'net_sales_amount': 'decimal(18, 4)',
            'margin_amount': 'decimal(18, 4)',
            'margin_known_sales_amount': 'decimal(18, 4)',
            'channel_cost_amount': 'decimal(18, 4)', 'interaction_count': 'bigint'
        }.items() -%}
        cast(sum(events.{{ name }}) filter (where {{ period }}) as {{ type }})
            as {{ prefix }}{{ name }},
        {% endfor -%}
        {% endfor -%}
        count(*) as event_count

    from events
    cross join windows
    where events.day_on >= windows.before_start_on
    group by events.channel

),

-- Cost by how often the channel was used, at the unit cost of then, and by unit cost.
explained as (

    select
        *,
        case
            when before_channel_cost_amount is not null and before_interaction_count > 0
                then {{ crm_warehouse.money_share(
                    'before_channel_cost_amount',
                    'coalesce(interaction_count, 0) - before_interaction_count',
                    'before_interaction_count'
                ) }}
        end as cost_volume_amount

    from summed

)

select * from explained
