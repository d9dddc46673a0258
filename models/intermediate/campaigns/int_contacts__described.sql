-- 何时如何联系: each contact by channel, weekday, hour, how often before, and whom.
with

contacts as (

    select
        *,
        cast(extract(hour from contacted_at) as integer) as contact_hour,
        cast(row_number() over (
            partition by customer_id
            order by contacted_at asc nulls last, contact_id asc nulls last
        ) as bigint) as contact_number,
        {{ crm_warehouse.days_between("date '1970-01-01'", 'contacted_on') }}
            as day_number

    from {{ ref('fct_campaign_contacts') }}
    where not is_control and customer_id is not null

),

-- Where all contacts of a campaign are of midnight, days were handed over and no hours.
counted as (

    select
        *,
        count_if(contact_hour > 0 or extract(minute from contacted_at) > 0) over (
            partition by campaign_id
        ) > 0 as has_hours,
        count(*) over (
            partition by customer_id
            order by day_number asc nulls last
            range between {{ crm_warehouse.checked_integer(
                'contact_fatigue_days', 1, 366
            ) - 1 }} preceding and current row
        ) as recent_contact_count

    from contacts

),

described as (

    select
        counted.contact_id,
        counted.campaign_id,
        counted.customer_id,
        counted.contacted_on,
        counted.channel,
        segments.segment_code,
        numbers.band_code as contact_number_code,
        recent.band_code as recent_contacts_code,
        {{ crm_warehouse.iso_weekday('counted.contacted_on') }} as iso_weekday,
        case when counted.has_hours then counted.contact_hour end as contact_hour,
        steps.step_code as response_class,
        stepped.is_delivered,
        stepped.is_opened,
        stepped.is_responded,
        stepped.is_bought,
        stepped.is_opted_out,
        measured.as_of_on,
        measured.is_measured,
        measured.purchase_day_count > 0 as is_buyer

    from counted
    left join {{ ref('fct_customer_months') }} as segments
        on counted.customer_id = segments.customer_id
        and {{ crm_warehouse.date_add_days(
            crm_warehouse.month_start('counted.contacted_on'), -1
        ) }} = segments.month_end_on
    {% for name, column in (
        ('numbers', 'contact_number'), ('recent', 'recent_contact_count')
    ) -%}
    left join {{ ref('rule_contact_number_bands') }} as {{ name }}
        on counted.{{ column }} >= {{ name }}.least_count
        and counted.{{ column }}
        <= coalesce({{ name }}.most_count, counted.{{ column }})
    {% endfor -%}
    inner join {{ ref('int_contacts__stepped') }} as stepped
        on counted.contact_id = stepped.contact_id
    left join {{ ref('rule_campaign_steps') }} as steps
        on stepped.step_order = steps.step_order
    left join {{ ref('int_assignments__measured') }} as measured
        on counted.campaign_id = measured.campaign_id
        and counted.customer_id = measured.customer_id

)

select * from described
