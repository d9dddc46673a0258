-- One attribute a row; an attribute that is not known of anybody is left out.
with

described as (

    select * from {{ ref('int_customers__described') }}

),

attributes as (

    select * from {{ ref('rule_profile_attributes') }}

),

pairs as (

    {% for attribute in (
        'age_band', 'gender', 'marital_status', 'education', 'occupation',
        'income_band', 'customer_type', 'industry', 'company_size', 'region', 'country',
        'home_store', 'top_category', 'main_channel', 'loyalty_stage', 'activity'
    ) -%}
    {% if not loop.first %}union all
    {% endif -%}
    select
        customer_id,
        '{{ attribute }}' as attribute_code,
        cast({{ attribute }} as string) as value_code
    from described
    {% endfor %}
),

known as (

    select attribute_code

    from pairs
    group by attribute_code
    having count(value_code) > 0

),

attributed as (

    select
        pairs.customer_id,
        pairs.attribute_code,
        coalesce(pairs.value_code, 'unknown') as value_code

    from pairs
    inner join attributes on pairs.attribute_code = attributes.attribute_code
    inner join known on pairs.attribute_code = known.attribute_code

)

select * from attributed
