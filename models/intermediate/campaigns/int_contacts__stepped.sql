-- How far each contact came on the way from delivery to purchase. An answer without a
-- contact number answers every contact of its campaign with that customer.
{%- set names = ('delivered', 'opened', 'responded', 'bought') %}
with

contacts as (

    select * from {{ ref('fct_campaign_contacts') }}
    where not is_control and customer_id is not null

),

steps as (

    select
        {% for name in names -%}
        max(step_order) filter (where step_code = '{{ name }}') as {{ name }}_order,
        {% endfor -%}
        min(step_order) as reached_order

    from {{ ref('rule_campaign_steps') }}

),

responses as (

    select
        responses.*,
        steps.step_order

    from {{ ref('fct_campaign_responses') }} as responses
    left join {{ ref('rule_response_types') }} as types
        on lower(responses.response_type) = types.response_type
    inner join {{ ref('rule_campaign_steps') }} as steps
        on coalesce(types.step_code, 'responded') = steps.step_code

),

furthest as (

    select
        contacts.contact_id,
        max(responses.step_order) as step_order,
        count_if(responses.is_opt_out) > 0 as is_opted_out

    from contacts
    inner join responses
        on contacts.campaign_id = responses.campaign_id
        and contacts.customer_id = responses.customer_id
    where coalesce(responses.contact_id, contacts.contact_id) = contacts.contact_id
    group by contacts.contact_id

),

-- What nobody of a campaign did was most likely not recorded; whoever bought answered.
recorded as (

    select
        responses.campaign_id,
        {% for name in names -%}
        {% set until = 'bought' if name == 'responded' else name -%}
        count_if(
            not responses.is_opt_out
            and responses.step_order >= steps.{{ name }}_order
            and responses.step_order <= steps.{{ until }}_order
        ) > 0 as has_{{ name }},
        {% endfor -%}
        count_if(responses.is_opt_out) > 0 as has_opted_out

    from responses
    cross join steps
    group by responses.campaign_id

),

stepped as (

    select
        contacts.contact_id,
        case
            when recorded.campaign_id is not null
                then coalesce(furthest.step_order, steps.reached_order)
        end as step_order,
        {% for name in names -%}
        case
            when recorded.has_{{ name }}
                then coalesce(furthest.step_order >= steps.{{ name }}_order, false)
        end as is_{{ name }},
        {% endfor -%}
        case when recorded.has_opted_out then coalesce(furthest.is_opted_out, false) end
            as is_opted_out
    from contacts
    cross join steps
    left join recorded on contacts.campaign_id = recorded.campaign_id
    left join furthest on contacts.contact_id = furthest.contact_id

)

select * from stepped
