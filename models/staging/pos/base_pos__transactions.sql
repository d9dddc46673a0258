{{ crm_warehouse.judged('pos', 'transactions') }}
