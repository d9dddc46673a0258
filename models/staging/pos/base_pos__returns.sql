{{ crm_warehouse.judged('pos', 'returns') }}
