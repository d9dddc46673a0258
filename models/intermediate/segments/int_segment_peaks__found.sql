-- The weekday and the hour in which a segment comes most often; of two the earlier.
with

schemed as (

    select * from {{ ref('int_customers__schemed') }}

),

visits as (

    select * from {{ ref('int_customer_visits__summed') }}

),

placed as (

    select
        schemed.scheme_code,
        schemed.segment_code,
        visits.iso_weekday,
        visits.hour_of_day,
        sum(visits.ticket_count) as ticket_count

    from schemed
    inner join visits on schemed.customer_id = visits.customer_id
    group by
        schemed.scheme_code,
        schemed.segment_code,
        visits.iso_weekday,
        visits.hour_of_day

),

moments as (

    {% for moment in ('iso_weekday', 'hour_of_day') -%}
    {% if not loop.first %}union all
    {% endif -%}
    select
        scheme_code,
        segment_code,
        '{{ moment }}' as moment_code,
        {{ moment }} as moment_number,
        sum(ticket_count) as ticket_count
    from placed
    group by scheme_code, segment_code, {{ moment }}
    having sum(ticket_count) > 0
    {% endfor %}
),

peaks as (

    select *

    from moments
    qualify row_number() over (
        partition by scheme_code, segment_code, moment_code
        order by ticket_count desc nulls last, moment_number asc nulls last
    ) = 1

),

found as (

    select
        scheme_code,
        segment_code,
        max(case when moment_code = 'iso_weekday' then moment_number end)
            as peak_iso_weekday,
        max(case when moment_code = 'hour_of_day' then moment_number end) as peak_hour

    from peaks
    group by scheme_code, segment_code

)

select * from found
