-- Each campaign's cells: how many, what they bought, and the squares that spread needs.
with

told as (

    select max(as_of_on) as as_of_on from {{ ref('fct_customers') }}

),

contacts as (

    select
        campaign_id,
        count(*) filter (where customer_id is null) as unknown_contact_count,
        cast(sum(cost_amount) as decimal(18, 4)) as contact_cost_amount

    from {{ ref('fct_campaign_contacts') }}
    group by campaign_id

),

measured as (

    select
        *,
        cast(
            cast(net_sales_amount as decimal(19, 4)) * net_sales_amount
            as decimal(38, 4)
        ) as square

    from {{ ref('int_assignments__measured') }}

),

sums as (

    select
        campaign_id,
        {% for cell, condition in (
            ('treatment', 'not is_control'), ('control', 'is_control')
        ) -%}
        count_if({{ condition }}) as {{ cell }}_assigned_count,
        count_if({{ condition }} and is_measured) as {{ cell }}_measured_count,
        count_if({{ condition }} and purchase_day_count > 0) as {{ cell }}_buyer_count,
        cast(sum(square) filter (where {{ condition }}) as decimal(38, 4))
            as {{ cell }}_square_sum,
        {% for column in ('net_sales', 'before', 'margin', 'margin_known_sales') -%}
        cast(sum({{ column }}_amount) filter (where {{ condition }}) as decimal(18, 4))
            as {{ cell }}_{{ column }}_amount,
        {% endfor -%}
        {% endfor -%}
        count_if(is_mixed) as mixed_count,
        count_if(is_censored and is_measured) as censored_count,
        min(assigned_on) as first_assigned_on,
        max(assigned_on) as last_assigned_on,
        min(case when is_measured then assigned_on end) as measured_from_on,
        max(case when is_measured then observed_until_on end) as measured_until_on

    from measured
    group by campaign_id

),

cells as (

    select
        contacts.campaign_id,
        contacts.unknown_contact_count,
        contacts.contact_cost_amount,
        {% for cell in ('treatment', 'control') -%}
        {% for column in ('assigned', 'measured', 'buyer') -%}
        cast(coalesce(sums.{{ cell }}_{{ column }}_count, 0) as bigint)
            as {{ cell }}_{{ column }}_count,
        {% endfor -%}
        sums.{{ cell }}_net_sales_amount,
        sums.{{ cell }}_square_sum,
        sums.{{ cell }}_before_amount,
        sums.{{ cell }}_margin_amount,
        sums.{{ cell }}_margin_known_sales_amount,
        {% endfor -%}
        cast(coalesce(sums.mixed_count, 0) as bigint) as mixed_count,
        cast(coalesce(sums.censored_count, 0) as bigint) as censored_count,
        sums.first_assigned_on,
        sums.last_assigned_on,
        sums.measured_from_on,
        sums.measured_until_on,
        told.as_of_on

    from contacts
    cross join told
    left join sums on contacts.campaign_id = sums.campaign_id

)

select * from cells
