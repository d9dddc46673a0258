-- 历史购买状况: what each customer bought of each category, how often and when last.
select
    categories.customer_id,
    categories.category,
    categories.first_purchase_on,
    categories.last_purchase_on,
    categories.purchase_day_count,
    categories.unit_count,
    categories.net_sales_amount,
    {{ safe_ratio('categories.net_sales_amount', 'customers.net_sales_amount') }}
        as share_of_customer

from {{ ref('fct_customer_categories') }} as categories
inner join {{ ref('fct_customers') }} as customers
    on categories.customer_id = customers.customer_id
order by
    categories.customer_id asc nulls last,
    categories.net_sales_amount desc nulls last,
    categories.category asc nulls last
