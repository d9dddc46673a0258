{{ crm_warehouse.judged('pos', 'stores') }}
