{{ crm_warehouse.accepted('pos', 'product_attributes') }}
