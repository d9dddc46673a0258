-- Between which values each score lay in the month that frozen thresholds are of. Score
-- s needs (s - 1) / 5 of those buyers to be worse, so it begins beyond the value of the
-- last of these.
with

scores as (

    select * from {{ ref('rule_rfm_scores') }}

),

buyers as (

    select
        {% for name, column in [
            ('recency', 'recency_days desc'),
            ('frequency', 'frequency_count asc'),
            ('monetary', 'net_sales_amount asc'),
        ] -%}
        row_number() over (
            order by {{ column }} nulls last, customer_id asc nulls last
        ) as {{ name }}_place,
        {% endfor -%}
        recency_days,
        frequency_count,
        net_sales_amount

    from {{ ref('int_buyers__calibrated') }}

),

scale as (

    select count(*) as score_count from scores

),

population as (

    select
        count(*) as buyer_count,
        max(scale.score_count) as score_count

    from buyers
    cross join scale

),

places as (

    select
        scores.score,
        {{ crm_warehouse.whole_part(
            '(scores.score - 1) * population.buyer_count + population.score_count - 1',
            'population.score_count'
        ) }} as place

    from scores
    cross join population
    where population.buyer_count > 0

),

bounds as (

    select
        places.score,
        recency.recency_days as r_below_days,
        frequency.frequency_count as f_above_count,
        monetary.net_sales_amount as m_above_amount

    from places
    left join buyers as recency on places.place = recency.recency_place
    left join buyers as frequency on places.place = frequency.frequency_place
    left join buyers as monetary on places.place = monetary.monetary_place

),

frozen as (

    select
        score,
        r_below_days,
        lead(r_below_days) over (order by score asc nulls last) as r_from_days,
        f_above_count,
        lead(f_above_count) over (order by score asc nulls last) as f_to_count,
        m_above_amount,
        lead(m_above_amount) over (order by score asc nulls last) as m_to_amount

    from bounds

)

select * from frozen
