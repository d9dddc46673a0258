-- What it costs to win, keep and speak to customers, how many there are and what they
-- bring, from the first whole month of the window on.
with

told as (

    select
        {{ crm_warehouse.add_months(crm_warehouse.month_start(
            crm_warehouse.date_add_days('max(window_start_on)', -1)
        ), 1) }} as basis_start_on
    from {{ ref('fct_customers') }}

),

margins as (

    select
        days.customer_id,
        sum(days.margin_amount) as margin_amount
    from {{ ref('fct_customer_days') }} as days
    cross join told
    where days.sold_on >= told.basis_start_on
    group by days.customer_id

),

customers as (

    select
        customers.*,
        told.basis_start_on,
        margins.margin_amount as basis_margin_amount,
        acquired.acquisition_channel
    from {{ ref('fct_customers') }} as customers
    cross join told
    left join margins on customers.customer_id = margins.customer_id
    left join {{ ref('int_customers__acquired') }} as acquired
        on customers.customer_id = acquired.customer_id

),

-- Contacts and requests for service are interactions, whoever began.
gathered as (

    {% for mart, measure, customer, day, condition in (
        ('fct_costs', 'cost_type', 'cast(null as string)', 'cost_month', 'true'),
        ('fct_campaign_contacts', "'interaction'", 'customer_id', 'contacted_on',
            'not is_control'),
        ('fct_service_tickets', "'interaction'", 'customer_id', 'opened_on', 'true')
    ) -%}
    select
        {{ measure }} as measure_code,
        channel,
        {{ customer }} as customer_id,
        {{ day }} as counted_on,
        cost_amount as amount
    from {{ ref(mart) }}
    where {{ condition }}
    union all
    {% endfor -%}
    select
        'new_customer' as measure_code,
        acquisition_channel as channel,
        customer_id,
        first_purchase_on as counted_on,
        cast(null as decimal(18, 4)) as amount
    from customers
    union all
    select
        case
            when first_purchase_on < basis_start_on then 'kept_customer' else 'buyer'
        end as measure_code,
        acquisition_channel as channel,
        customer_id,
        last_purchase_on as counted_on,
        basis_margin_amount as amount
    from customers
    where is_window_buyer

),

summed as (

    select
        gathered.measure_code,
        coalesce(lower(trim(gathered.channel)), 'unknown') as channel,
        coalesce(segments.segment_code, 'unknown') as segment_code,
        cast(count(*) as bigint) as row_count,
        count(gathered.amount) as amount_count,
        cast(sum(gathered.amount) as decimal(18, 4)) as amount
    from gathered
    cross join told
    left join {{ ref('fct_customer_standings') }} as segments
        on gathered.customer_id = segments.customer_id
    where gathered.counted_on >= told.basis_start_on
    group by all

)

select * from summed
