{{ crm_warehouse.judged('pos', 'products') }}
