-- What goes with each product: of all that does, what would be worth most when offered.
with

pairs as (

    {% for one, other in (('first', 'second'), ('second', 'first')) -%}
    {% if not loop.first %}union all
    {% endif -%}
    select
        {{ one }}_item_code as trigger_product_id,
        {{ other }}_item_code as product_id,
        {{ one }}_{{ other }}_confidence_rate as buy_rate,
        lift_rate
    from {{ ref('int_basket_pairs__measured') }}
    where level_code = 'product' and is_bought_together
    {% endfor %}
),

-- Without what would be worth least: it is never offered, and there would be the buyers
-- of a product times all that goes with it.
ranked as (

    select
        pairs.*,
        -- the surer reason for a product first
        cast(row_number() over (
            partition by pairs.product_id
            order by
                pairs.buy_rate desc nulls last,
                pairs.lift_rate desc nulls last,
                pairs.trigger_product_id asc nulls last
        ) as bigint) as preference

    from pairs
    cross join {{ ref('int_basket_terms__told') }} as terms
    inner join {{ ref('int_products__valued') }} as valued
        on pairs.product_id = valued.product_id
    where valued.item_value_amount > 0
    qualify row_number() over (
        partition by pairs.trigger_product_id
        order by
            {{ money_product(
                'valued.item_value_amount', 'pairs.buy_rate'
            ) }} desc nulls last,
            pairs.buy_rate desc nulls last,
            pairs.product_id asc nulls last
    ) <= terms.most_offer_partners

)

select * from ranked
