-- What it costs to win, keep and speak to customers, and how many there are, over the
-- whole months of the window.
with

told as (

    select
        max(as_of_on) as as_of_on,
        {{ crm_warehouse.add_months(crm_warehouse.month_start(
            crm_warehouse.date_add_days('max(window_start_on)', -1)
        ), 1) }} as basis_start_on

    from {{ ref('fct_customers') }}

),

customers as (

    select
        customers.*,
        told.basis_start_on,
        acquired.acquisition_channel

    from {{ ref('fct_customers') }} as customers
    cross join told
    left join {{ ref('int_customers__acquired') }} as acquired
        on customers.customer_id = acquired.customer_id

),

-- Contacts and requests for service are interactions, whoever began.
gathered as (

    select
        cost_type as measure_code,
        channel,
        cast(null as string) as customer_id,
        cost_month as counted_on,
        cost_amount as amount
    from {{ ref('fct_costs') }}
    union all
    select
        'interaction' as measure_code,
        channel,
        customer_id,
        contacted_on as counted_on,
        cost_amount as amount
    from {{ ref('fct_campaign_contacts') }}
    where not is_control
    union all
    select
        'interaction' as measure_code,
        channel,
        customer_id,
        opened_on as counted_on,
        cost_amount as amount
    from {{ ref('fct_service_tickets') }}
    union all
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
        window_margin_amount as amount
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
