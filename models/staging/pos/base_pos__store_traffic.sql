{{ crm_warehouse.judged('pos', 'store_traffic') }}
