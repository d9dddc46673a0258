-- Who may be contacted by at least one channel, by which, and how likely they answer.
with

permissions as (

    select * from {{ ref('int_contact_permissions__judged') }}
    where permission_code = 'allowed'

),

facts as (

    select * from {{ ref('fct_customers') }}

),

company as (

    select
        sum(contact_count) as contact_count,
        sum(answered_contact_count) as answered_contact_count

    from facts

),

limits as (

    select limit_value as prior_contact_count
    from {{ ref('rule_care_limits') }}
    where limit_code = 'prior_contact_count'

),

ranked as (

    select
        *,
        row_number() over (
            partition by customer_id
            order by
                answered_contact_count desc nulls last,
                channel_order asc nulls last
        ) as preference_rank

    from permissions

),

listed as (

    select
        concat_ws(
            ', '
            {%- for order in range(1, 10) %},
            max(case when channel_order = {{ order }} then channel_code end)
            {%- endfor %}
        ) as allowed_channels,
        {% for name in ('code', 'name', 'name_zh') -%}
        max(case when preference_rank = 1 then channel_{{ name }} end)
            as preferred_channel_{{ name }},
        {% endfor -%}
        customer_id

    from ranked
    group by customer_id

),

-- A few contacts of an average customer count beside the customer's own.
contactable as (

    select
        listed.customer_id,
        customers.owner_staff_id,
        listed.allowed_channels,
        listed.preferred_channel_code,
        listed.preferred_channel_name,
        listed.preferred_channel_name_zh,
        facts.contact_count,
        facts.answered_contact_count,
        {{ safe_ratio(
            '(facts.answered_contact_count * company.contact_count'
            ~ ' + limits.prior_contact_count * company.answered_contact_count)',
            '((facts.contact_count + limits.prior_contact_count)'
            ~ ' * company.contact_count)'
        ) }} as response_likelihood,
        facts.as_of_on

    from listed
    inner join facts on listed.customer_id = facts.customer_id
    inner join {{ ref('dim_customers') }} as customers
        on listed.customer_id = customers.customer_id
    cross join company
    cross join limits

)

select * from contactable
