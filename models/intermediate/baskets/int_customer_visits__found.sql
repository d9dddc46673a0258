-- Where, when and how each customer buys most often.
with

visits as (

    select * from {{ ref('int_baskets__sized') }}

    where customer_id is not null

),

counted as (

    {% for habit in ('weekday_code', 'daypart_code', 'store_id', 'channel') -%}
    {% if not loop.first %}union all
    {% endif -%}
    select
        customer_id,
        '{{ habit }}' as habit_code,
        {{ habit }} as habit_value,
        count(*) as ticket_count
    from visits
    where {{ habit }} is not null
    group by customer_id, {{ habit }}
    {% endfor %}
),

chosen as (

    select *
    from counted
    qualify row_number() over (
        partition by customer_id, habit_code
        order by ticket_count desc nulls last, habit_value asc nulls last
    ) = 1

),

found as (

    select
        chosen.customer_id,
        max(case when chosen.habit_code = 'weekday_code' then times.value_code end)
            as weekday_code,
        max(case when chosen.habit_code = 'weekday_code' then times.first_number end)
            as weekday_number,
        max(case when chosen.habit_code = 'daypart_code' then times.value_code end)
            as daypart_code,
        max(case when chosen.habit_code = 'store_id' then chosen.habit_value end)
            as store_id,
        max(case when chosen.habit_code = 'channel' then chosen.habit_value end)
            as sales_channel

    from chosen
    left join {{ ref('rule_visit_times') }} as times
        on chosen.habit_code = times.breakdown_code || '_code'
        and chosen.habit_value = times.value_code
    group by chosen.customer_id

)

select * from found
