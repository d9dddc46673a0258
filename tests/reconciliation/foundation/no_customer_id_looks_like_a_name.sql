-- Ids are published as given, so a name must not be one: a warning, and no id in it.
{{ config(severity='warn') }}

select count(*) as customer_count

from {{ ref('dim_customers') }}

where customer_id like '% %' or customer_id like '%@%'

having count(*) > 0
