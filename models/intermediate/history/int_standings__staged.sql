-- The stage of the lifecycle on each told day, and by the days since the last purchase
-- whether the customer is active or late, by fixed limits and by their own rhythm.
{% set gap_limit = crm_warehouse.checked_integer('rhythm_gap_count', 1, 1000) -%}
with

standings as (

    select
        *,
        {{ crm_warehouse.days_between('came_back_on', 'told_on') }} as back_days,
        case when gap_count >= {{ gap_limit }} then median_gap_days end as rhythm_days

    from {{ ref('int_standings__measured') }}

),

advocates as (

    select * from {{ ref('int_advocates__listed') }}

),

{% set active_days = crm_warehouse.checked_integer('active_days', 1, 36500) -%}
{% set cooling_days = crm_warehouse.checked_integer('cooling_days', 1, 36500) -%}
{% set overdue_gaps = crm_warehouse.checked_integer('overdue_gaps', 1, 1000) -%}
staged as (

    select
        standings.*,
        case
            when standings.recency_days > {{ cooling_days }} then 'lapsed'
            when standings.recency_days > {{ active_days }} then 'cooling'
            when standings.back_days <= {{ active_days }} then 'reactivated'
            else 'active'
        end as activity_status,
        {{ crm_warehouse.safe_ratio(
            'standings.recency_days', 'standings.rhythm_days'
        ) }} as overdue_ratio,
        standings.recency_days > {{ overdue_gaps }} * standings.rhythm_days
            as is_overdue,
        case
            when advocates.is_advocate then 'advocate'
            when standings.purchase_day_count > 1 then 'repeat'
            else 'first'
        end as stage_code,
        case
            when advocates.customer_id is not null then 'advocate'
            when standings.purchase_day_count > 1 then 'repeat'
            else 'first'
        end as highest_stage_code

    from standings
    left join advocates
        on standings.customer_id = advocates.customer_id
        and standings.told_on = advocates.told_on

)

select * from staged
