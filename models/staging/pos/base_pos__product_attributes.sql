{{ crm_warehouse.judged('pos', 'product_attributes') }}
