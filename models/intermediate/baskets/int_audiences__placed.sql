-- Window buyers by the segment that they are in, scheme by scheme.
with

standings as (

    select * from {{ ref('fct_customer_standings') }}

    where is_window_buyer

),

customers as (

    select * from {{ ref('dim_customers') }}

),

buyers as (

    select
        standings.customer_id,
        standings.tier_code as tier,
        standings.segment_code as rfm_segment,
        standings.stage_code as stage,
        standings.activity_status as activity,
        customers.gender,
        customers.age_band,
        customers.region,
        customers.customer_type

    from standings
    inner join customers on standings.customer_id = customers.customer_id

),

placed as (

    {% for scheme in (
        'tier', 'rfm_segment', 'stage', 'activity', 'gender', 'age_band', 'region',
        'customer_type'
    ) -%}
    {% if not loop.first %}union all
    {% endif -%}
    select
        '{{ scheme }}' as scheme_code,
        customer_id,
        coalesce({{ scheme }}, 'unknown') as segment_code
    from buyers
    {% endfor %}
),

chosen as (

    select placed.*
    from placed
    inner join {{ ref('rule_audience_schemes') }} as schemes
        on placed.scheme_code = schemes.scheme_code

)

select * from chosen
