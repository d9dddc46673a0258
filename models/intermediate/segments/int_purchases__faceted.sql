-- What a purchase says of the buyer: what the product is, and how it was sold.
with

purchases as (

    select distinct
        product_id,
        is_campaign,
        is_coupon,
        is_discount,
        is_new_product

    from {{ ref('int_customer_purchases__summed') }}

),

-- Where no promotion was ever told, nobody is known to pay the full price.
promoted as (

    select count_if(is_campaign or is_coupon or is_discount) as promoted_count

    from purchases

),

product_facets as (

    select * from {{ ref('int_products__faceted') }}

),

faceted as (

    select
        purchases.*,
        product_facets.kind_code,
        product_facets.behaviour_value
    from purchases
    inner join product_facets on purchases.product_id = product_facets.product_id
    {% for kind, value, condition in (
        ('promotion', 'any', 'is_campaign or is_coupon or is_discount'),
        (
            'promotion', 'none', 'not (is_campaign or is_coupon or is_discount)'
            ~ ' and promoted_count > 0'
        ),
        ('promotion', 'campaign', 'is_campaign'),
        ('promotion', 'coupon', 'is_coupon'),
        ('promotion', 'discount', 'is_discount'),
        ('new_product', 'new', 'is_new_product'),
    ) -%}
    union all
    select
        purchases.*,
        '{{ kind }}' as kind_code,
        '{{ value }}' as behaviour_value
    from purchases
    cross join promoted
    where {{ condition }}
    {% endfor %}
)

select * from faceted
