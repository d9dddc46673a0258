select
    cast(product_id as varchar) as product_id,
    product_type as product_name,
    department,
    product_category as category,
    brand
from products
order by product_id
